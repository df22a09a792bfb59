import type { Diagnostic } from '../../diagnostics/index.ts';

export interface CappedReport {
  /** Counts one problem; `make` is called only while few of its kind were found in the file. */
  add(code: string, file: string, make: () => Diagnostic): void;
  /** One cause in many items: the first makes the finding, which says how many more there are. */
  gather(cause: string, make: (more: number) => Diagnostic): void;
  diagnostics(): readonly Diagnostic[];
}

const shownOfAKind = 20;

/**
 * A file of 10,000 rows can be wrong 10,000 times in the same way. Of each kind the first of a file are told in full,
 * then one says how many more there are. Making the rest is not only noise: finding the nearest name takes time.
 */
export function makeCappedReport(): CappedReport {
  const kinds = new Map<string, { count: number; readonly shown: Diagnostic[] }>();
  const causes = new Map<string, { readonly make: (more: number) => Diagnostic; more: number }>();
  return {
    add(code, file, make) {
      const key = `${code}\n${file}`;
      const kind = kinds.get(key) ?? { count: 0, shown: [] };
      kinds.set(key, kind);
      kind.count += 1;
      if (kind.shown.length <= shownOfAKind) kind.shown.push(make());
    },
    gather(cause, make) {
      const known = causes.get(cause);
      if (known === undefined) causes.set(cause, { make, more: 0 });
      else known.more += 1;
    },
    diagnostics: () => [
      ...[...kinds.values()].flatMap(({ count, shown }) => cap(shown, count)),
      ...[...causes.values()].map(({ make, more }) => make(more)),
    ],
  };
}

function cap(shown: readonly Diagnostic[], count: number): readonly Diagnostic[] {
  const next = shown[shownOfAKind];
  if (next === undefined || count === shown.length) return shown;
  const more = count - shownOfAKind;
  const { subject: _, expected: __, found: ___, ...kept } = next;
  const detail = `The same was found ${more.toLocaleString('en-US')} more times in this file, the next time here.`;
  return [...shown.slice(0, shownOfAKind), { ...kept, detail }];
}
