import { defineDiagnostics, printSpan, type SourceSpan } from '../../diagnostics/index.ts';

export const inventoryDiagnostics = defineDiagnostics('inventory', {
  'not-a-list': {
    severity: 'error',
    summary: 'Inventory that is no list of items',
    detail: () => 'The file should hold a list of items, or `defaults` and `items`.',
    hint: 'Begin the file with `items:` and write each item below it, beginning with `- id:`.',
  },
  'not-an-item': {
    severity: 'error',
    summary: 'Entry that is no item',
    detail: () => 'An entry of the list has no fields.',
    hint: 'Write its fields: `- id: mes-db-1`, then `class:`, `site:` and `owner:` below it.',
  },
  'unknown-field': {
    severity: 'error',
    summary: 'Unknown field of an item',
    detail: ({ name }: { name: string; nearest: string | null }) => `An item has no field ${JSON.stringify(name)}.`,
    hint: ({ name, nearest }) =>
      nearest === null
        ? `If ${name} is an attribute of the class, write it below \`attributes\`.`
        : `Did you mean ${nearest}?`,
  },
  'empty-file': {
    severity: 'warning',
    summary: 'Inventory without anything in it',
    detail: ({ file }: { file: string }) => `${file} is empty, so whatever was declared in it is declared no more.`,
    hint: 'Put its items back, or delete the file. `items: []` says that there are meant to be none.',
  },
  'missing-field': {
    severity: 'error',
    summary: 'Required field missing',
    detail: ({ subject, name }: MissingField) => `${subject} has no ${name}, which every item needs.`,
    hint: ({ name, origin }: MissingField) => giveField[origin](name),
  },
  'missing-column': {
    severity: 'error',
    summary: 'Required column missing',
    detail: ({ file, name }: { file: string; name: string; nearest: string | null }) =>
      `${file} has no column ${name}, which each of its items needs.`,
    hint: ({ name, nearest }) =>
      nearest === null ? `Add the column ${name}.` : `Is ${nearest} misspelt? Call it ${name}.`,
  },
  'wrong-field': {
    severity: 'error',
    summary: 'Field of the wrong kind',
    detail: ({
      subject,
      name,
      expected,
      found,
    }: {
      subject: string;
      name: string;
      expected: string;
      found: string;
      source: string;
    }) => `${name} of ${subject} must be ${expected}, and is ${found}.`,
    hint: ({ source, expected, found }) =>
      expected === 'a text' && /^(the number|true|false)/.test(found)
        ? `Put it in quotes: "${source}".`
        : `Write ${expected}.`,
  },
  'not-an-option': {
    severity: 'error',
    summary: 'Value that is not among the options',
    detail: ({
      subject,
      name,
      value,
    }: {
      subject: string;
      name: string;
      value: string;
      options: readonly string[];
      nearest: string | null;
    }) => `${JSON.stringify(value)} is no ${name} that ${subject} can have.`,
    hint: ({ options, nearest }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}Write one of ${options.join(', ')}.`,
  },
  'unknown-class': {
    severity: 'error',
    summary: 'Unknown class',
    detail: ({
      subject,
      value,
      more,
    }: {
      subject: string;
      value: string;
      nearest: string | null;
      known: readonly string[];
      more: number;
    }) =>
      `${subject} is of class ${JSON.stringify(value)}, which the catalogue does not have.${more === 0 ? '' : ` So ${more === 1 ? 'is' : 'are'} ${itemsMore(more)}.`}`,
    hint: ({ nearest, known }) =>
      nearest === null ? `The classes are ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  },
  'unknown-reference': {
    severity: 'error',
    summary: 'Reference to something the organisation does not have',
    detail: ({
      subject,
      name,
      value,
      more,
    }: {
      subject: string;
      name: string;
      value: string;
      nearest: string | null;
      declaredIn: string;
      more: number;
    }) =>
      `${subject} names ${JSON.stringify(value)} as its ${name}, and there is none with that id.${more === 0 ? '' : ` So ${more === 1 ? 'does' : 'do'} ${itemsMore(more)}.`}`,
    hint: ({ nearest, declaredIn }) =>
      nearest === null ? `Declare it in ${declaredIn}, or correct the name.` : `Did you mean ${nearest}?`,
  },
  'bad-id': {
    severity: 'error',
    summary: 'Id that cannot be used',
    detail: ({ id, reason }: { id: string; reason: string }) => `${JSON.stringify(id)} ${reason}.`,
    hint: 'Ids hold letters (Chinese ones too), digits, `-`, `_` and `.`, begin with a letter or digit, and have at most 120 characters.',
  },
  'duplicate-id': {
    severity: 'error',
    summary: 'Id used twice',
    detail: ({ id, first }: { id: string; first: SourceSpan }) => `${id} is declared here and in ${printSpan(first)}.`,
    hint: 'Give one of the two another id; an id is never used again, not even that of a retired item.',
  },
  'confusing-id': {
    severity: 'warning',
    summary: 'Ids that look alike',
    detail: ({ id, other, first }: { id: string; other: string; first: SourceSpan }) =>
      `${id} differs from ${other} (${printSpan(first)}) only in case, width or look of letters.`,
    hint: 'Rename one of the two, or, if they are the same thing, drop one.',
  },
  'same-identity': {
    severity: 'error',
    summary: 'Two items with one identity number',
    detail: twins,
    hint: 'Correct the number that was copied; where both are one thing, keep one item. Where a number is not known, give none.',
  },
  'shared-identity': {
    severity: 'warning',
    summary: 'Items of two classes with one identity number',
    detail: twins,
    hint: 'Where they are parts of one thing, say so by a relation between them; otherwise correct the number.',
  },
  'mixed-scripts': {
    severity: 'warning',
    summary: 'Id with letters of another script',
    detail: ({ id, character, code }: { id: string; character: string; code: string }) =>
      `${id} holds ${character} (${code}), which looks like a Latin letter and is none.`,
    hint: 'Type the letter again with a Latin keyboard.',
  },
  'blanks-trimmed': {
    severity: 'notice',
    summary: 'Blanks around a value left out',
    detail: ({ subject, name }: { subject: string; name: string }) =>
      `${name} of ${subject} has blanks before or after it; it is read without them.`,
    hint: 'Delete the blanks.',
  },
  'rounded-number': {
    severity: 'warning',
    summary: 'Number that a spreadsheet may have rounded',
    detail: ({ subject, name, value }: { subject: string; name: string; value: string }) =>
      `${name} of ${subject} is ${value}, which is how spreadsheets write long digits after dropping the last ones.`,
    hint: 'Format the column as text in the spreadsheet, enter the number again, and export.',
  },
  'unknown-attribute': {
    severity: 'error',
    summary: 'Attribute that the class does not have',
    detail: ({
      name,
      class: objectClass,
    }: {
      name: string;
      class: string;
      nearest: string | null;
      known: readonly string[];
    }) => `${JSON.stringify(name)} is no attribute of the class ${objectClass}, and no relation.`,
    hint: ({ nearest, known }) => (nearest === null ? `It has ${known.join(', ')}.` : `Did you mean ${nearest}?`),
  },
  'missing-attribute': {
    severity: 'error',
    summary: 'Required attribute missing',
    detail: ({ subject, name, class: objectClass }: { subject: string; name: string; class: string; doc: string }) =>
      `${subject} has no ${name}, which every item of class ${objectClass} needs.`,
    hint: ({ name, doc }) => `Fill in ${name}: ${doc}`,
  },
  'wrong-attribute': {
    severity: 'error',
    summary: 'Attribute with a wrong value',
    detail: ({ subject, message }: { subject: string; name: string; message: string; doc: string }) =>
      `${subject}: ${message}`,
    hint: ({ name, doc }) => `Correct ${name}: ${doc}`,
  },
  'attributes-conflict': {
    severity: 'error',
    summary: 'Attributes that exclude each other',
    detail: ({ subject, name, because }: { subject: string; name: string; because: string }) =>
      `${subject} has ${name}: ${because}`,
    hint: ({ name }) => `Leave out ${name}, or change what it does not go with.`,
  },
  'bad-class-schema': {
    severity: 'error',
    summary: 'Class with a schema that cannot be used',
    detail: ({ class: objectClass, reason }: { class: string; reason: string }) =>
      `The attributes of class ${objectClass} cannot be checked: ${reason}.`,
    hint: 'Correct the schema of the attribute in the class, or build it with the functions of `opsctl`: text(), integer(), choice().',
  },
  'unknown-relation': {
    severity: 'error',
    summary: 'Unknown relation',
    detail: ({ subject, name }: { subject: string; name: string; nearest: string | null; known: readonly string[] }) =>
      `${subject} has a relation ${JSON.stringify(name)}, which does not exist.`,
    hint: ({ nearest, known }) =>
      nearest === null ? `The relations are ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  },
  'dangling-relation': {
    severity: 'error',
    summary: 'Relation to an item that does not exist',
    detail: ({ subject, relation, to }: { subject: string; relation: string; to: string; nearest: string | null }) =>
      `${subject} ${relation} ${to}, and no item has that id.`,
    hint: ({ to, nearest }) =>
      nearest === null ? `Declare ${to}, or take the relation away.` : `Did you mean ${nearest}?`,
  },
  'self-relation': {
    severity: 'error',
    summary: 'Relation of an item to itself',
    detail: ({ subject, relation }: { subject: string; relation: string }) => `${subject} ${relation} itself.`,
    hint: 'Name the other item, or take the relation away.',
  },
  'relation-cycle': {
    severity: 'error',
    summary: 'Relations in a circle',
    detail: ({ relation, path }: { relation: string; path: readonly string[] }) =>
      `${path.join(` ${relation} `)}: each would have to be there before the other.`,
    hint: 'Correct the relation that points the wrong way.',
  },
  'cannot-edit': {
    severity: 'error',
    summary: 'Value that cannot be edited in the inventory',
    detail: ({ id, pointer, reason }: { id: string; pointer: string; reason: string }) =>
      `${pointer} of ${id} was left as it is: ${reason}.`,
    hint: 'Edit the file by hand.',
  },
});

interface MissingField {
  readonly subject: string;
  readonly name: string;
  readonly origin: 'yaml' | 'csv' | 'typescript';
}

interface Twins {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly other: string;
  /** Where the other has it. */
  readonly at: SourceSpan;
}

function twins({ id, name, value, other, at }: Twins): string {
  return `${id} has the ${name} ${value}, which ${other} has too (${printSpan(at)}).`;
}

/** How a field is given where the item is written. */
const giveField = {
  yaml: (name: string) =>
    name === 'id'
      ? 'Begin it with `- id:` and a name that no other item has.'
      : `Write \`${name}:\` at the item, or once below \`defaults\` for all items of the file.`,
  csv: (name: string) => `Fill in the cell of the column ${name}.`,
  typescript: (name: string) => `Give the item a field \`${name}\` in this call.`,
} as const;

/** Other items with the same mistake. */
function itemsMore(more: number): string {
  return `${more.toLocaleString('en-US')} more ${more === 1 ? 'item' : 'items'}`;
}
