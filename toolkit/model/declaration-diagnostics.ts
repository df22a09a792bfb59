import { defineDiagnostics } from '../diagnostics/index.ts';

/** Where in which call. */
interface PlaceInCall {
  /** As it is written: `defineStack({...})`, `.tune(...)`. */
  readonly call: string;
  /** Empty for the argument as a whole. */
  readonly path: string;
  /** Id or name of the part that it belongs to. */
  readonly of: string | null;
  /** Entries of the same list with the same mistake. */
  readonly more: number;
}

interface ValueInCall extends PlaceInCall {
  readonly expected: string;
  readonly found: string;
  readonly nearest: string | null;
  readonly remedy: string | null;
}

/** What is wrong with the values of one `define...()` or `.statement()` call. */
export const declarationDiagnostics = defineDiagnostics('declaration', {
  'missing-field': {
    severity: 'error',
    summary: 'Declaration without something that it needs',
    detail: (facts: ValueInCall) =>
      facts.path === '' ? `${facts.call} is given nothing.` : `${placed(facts)} is missing.${andMore(facts)}`,
    hint: ({ expected, remedy }) => remedy ?? `Give it ${expected}.`,
  },
  'wrong-value': {
    severity: 'error',
    summary: 'Declared value of the wrong kind',
    detail: (facts: ValueInCall) => `${placed(facts)} is ${facts.found}.${andMore(facts)}`,
    hint: ({ expected, nearest, remedy }) =>
      `${nearest === null ? '' : `Did you mean ${nearest}? `}${remedy ?? `Write ${expected}.`}`,
  },
  'unknown-field': {
    severity: 'error',
    summary: 'Unknown field',
    detail: (facts: PlaceInCall & { readonly nearest: string | null; readonly expected: string }) =>
      `${placed(facts)} is a field that nothing reads.${andMore(facts)}`,
    hint: ({ nearest, expected }) =>
      nearest === null ? `Write ${expected}, or remove it.` : `Did you mean ${nearest}?`,
  },
});

function placed({ call, path, of }: PlaceInCall): string {
  if (path === '') return `What ${call} is given`;
  return `${path} in ${call}${of === null ? '' : ` of ${of}`}`;
}

function andMore({ more }: PlaceInCall): string {
  return more === 0 ? '' : ` The same holds for ${more} more ${more === 1 ? 'entry' : 'entries'}.`;
}
