/** What of a valid pattern of RE2 another engine lacks or means something else by; null where there is nothing. */
export function findForeign(pattern: string): string | null {
  return constructs.find(({ test }) => test.test(pattern))?.name ?? null;
}

const constructs: readonly { readonly name: string; readonly test: RegExp }[] = [
  { name: 'a class such as [[:alpha:]]', test: /\[\[:/ },
  { name: 'a class of Unicode such as \\pL', test: /\\[pP]/ },
  { name: '\\Q...\\E', test: /\\[QE]/ },
  { name: '\\A, \\z or \\C', test: /\\[AzC]/ },
  { name: '\\a or an octal escape', test: /\\[a0-7]/ },
  { name: 'a negated class inside brackets', test: /\[[^\]]*\\[DWS]/ },
  { name: 'a flag elsewhere than (?i) at the beginning', test: /(?!^\(\?i\))\(\?[imsU-]/ },
];
