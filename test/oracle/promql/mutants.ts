import fc from 'fast-check';
import { promqlFunctions } from '../../../toolkit/languages/promql/functions.ts';

/** One slip of the pen: at which token, and what is put there. */
export interface Mutation {
  readonly kind: 'drop' | 'repeat' | 'swap' | 'replace' | 'insert' | 'shorten';
  readonly at: number;
  readonly token: string;
}

const anyToken = fc.constantFrom(
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '@',
    '=~',
    '!',
    '#',
    '\u00a0',
    '\\',
    '$',
    '"',
    '`',
    '.',
    '_',
    '~',
    '；',
    '%',
  ],
  ...['+', '-', '*', '/', '^', '==', '!=', '<', '>=', 'and', 'or', 'unless', 'atan2', '</', '='],
  ...[
    'offset',
    'bool',
    'group_left',
    'fill',
    'smoothed',
    'by',
    'on',
    'without',
    'ignoring',
    'step()',
    '@ start()',
    '\n',
  ],
  ...[
    '5m',
    '1h30m',
    '5',
    '0',
    '1.5',
    '0x',
    'Inf',
    '"a"',
    "'b'",
    '[5m]',
    '[5m:]',
    'offset 5m',
    '{a="b"}',
    '(job)',
    'up',
  ],
  ...promqlFunctions.keys(),
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('drop', 'repeat', 'swap', 'replace', 'insert', 'shorten'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  token: anyToken,
});

const tokens = /\s+|[A-Za-z_:][\w:]*|[\d.]+\w*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[=!<>]=|[=!]~|./gsu;

export function mutateExpression(text: string, { kind, at, token }: Mutation): string {
  const pieces = text.match(tokens) ?? [];
  const index = Math.floor(at * pieces.length);
  const [piece = '', next = ''] = pieces.slice(index);
  const changed = {
    drop: [next],
    repeat: [piece, piece, next],
    swap: [next, piece],
    replace: [token, next],
    insert: [piece, ' ', token, ' ', next],
    shorten: [piece.slice(0, -1), next],
  }[kind];
  return [...pieces.slice(0, index), ...changed, ...pieces.slice(index + 2)].join('');
}
