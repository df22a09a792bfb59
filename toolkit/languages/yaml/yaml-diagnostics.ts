import { defineDiagnostics } from '../../diagnostics/index.ts';

export const yamlDiagnostics = defineDiagnostics('yaml', {
  syntax: {
    severity: 'error',
    summary: 'Not valid YAML',
    detail: ({ reason }: { reason: string }) => `The file cannot be read from here on: ${reason}.`,
    hint: 'Compare the indentation and the quotes of this line with those of the lines before it.',
  },
  'tab-indentation': {
    severity: 'error',
    summary: 'Tab used as indentation in YAML',
    detail: () => 'YAML lines are indented with spaces only; this line has a tab.',
    hint: 'Replace the tab by spaces.',
  },
  'duplicate-key': {
    severity: 'error',
    summary: 'Key written twice in YAML',
    detail: ({ key, firstLine }: { key: string; firstLine: number }) =>
      `${JSON.stringify(key)} stands here and on line ${firstLine} in the same mapping, so one of them would be lost.`,
    hint: 'Keep one of the two.',
  },
  'several-documents': {
    severity: 'error',
    summary: 'Several YAML documents in one file',
    detail: () => 'A second document begins here (after `---`); the file may hold one.',
    hint: 'Move the second document into a file of its own, or take the `---` away.',
  },
  'too-many-aliases': {
    severity: 'error',
    summary: 'YAML aliases repeat too much',
    detail: ({ limit }: { limit: number }) => `Aliases (\`*name\`) of this file repeat more than ${limit} nodes.`,
    hint: 'Write the repeated values out, or declare them once in TypeScript.',
  },
  'unknown-alias': {
    severity: 'error',
    summary: 'YAML alias without an anchor',
    detail: ({ alias }: { alias: string }) => `\`*${alias}\` is used here, but no \`&${alias}\` stands before it.`,
    hint: 'Correct the name; if the text should begin with a star, put it in quotes.',
  },
  'merge-key': {
    severity: 'error',
    summary: 'YAML merge key',
    detail: () => 'Merge keys (`<<`) are not part of YAML 1.2 and are not read.',
    hint: 'Write the fields out; in an inventory, move what all items share to `defaults`.',
  },
  'custom-tag': {
    severity: 'error',
    summary: 'YAML tag that is not read',
    detail: ({ tag }: { tag: string }) => `The tag ${tag} has no meaning here.`,
    hint: 'Take the tag away; if the text should begin with an exclamation mark, put it in quotes.',
  },
  'key-is-no-text': {
    severity: 'error',
    summary: 'YAML key that is not a text',
    detail: () => 'A key must be a plain or quoted text; here it is empty, a list or a mapping.',
    hint: 'Name the field; text that begins with `{` or `[`, such as a template, needs quotes.',
  },
  'reserved-key': {
    severity: 'error',
    summary: 'Key name that is reserved',
    detail: ({ key }: { key: string }) => `${JSON.stringify(key)} has a meaning of its own in JavaScript.`,
    hint: 'Choose another name.',
  },
  'number-too-large': {
    severity: 'error',
    summary: 'Number with too many digits',
    detail: ({ source }: { source: string }) => `${source} cannot be kept exactly as a number.`,
    hint: ({ source }: { source: string }) => `If it is a serial or account number, write it in quotes: "${source}".`,
  },
  'not-a-number': {
    severity: 'error',
    summary: 'Number that JSON does not have',
    detail: ({ source }: { source: string }) => `${source} is infinity or not a number in YAML, and no value here.`,
    hint: 'Write a finite number, or put the text in quotes.',
  },
  'control-character': {
    severity: 'error',
    summary: 'Control character in YAML',
    detail: ({ code }: { code: string }) => `The character ${code} may not stand in a YAML file.`,
    hint: 'Delete it; inside double quotes it can be written as an escape such as "\\u0007".',
  },
  'nested-too-deeply': {
    severity: 'error',
    summary: 'YAML nested too deeply',
    detail: () => 'Lists and mappings stand inside each other hundreds of times.',
    hint: 'Check for a run of `[`, `{` or `-` that somebody did not mean.',
  },
  'cannot-edit': {
    severity: 'error',
    summary: 'YAML value that cannot be edited in place',
    detail: ({ pointer, reason }: { pointer: string; reason: string }) => `${pointer} was left as it is: ${reason}.`,
    hint: 'Edit this line by hand.',
  },
  'too-large-to-read': {
    severity: 'error',
    summary: 'Large YAML file with unusual syntax',
    detail: ({ limitMegabytes }: { limitMegabytes: number }) =>
      `Files over ${limitMegabytes} MB are read only in plain block style; this line is unusual, or has an error.`,
    hint: 'Avoid anchors, tags, folded texts and texts over several lines here, or split the file.',
  },
});
