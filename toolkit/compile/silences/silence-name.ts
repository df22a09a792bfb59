import type { SilenceTerms } from '../../model/index.ts';

/** `chg-1042`, or `chg-1042-database`: the same as long as the change is. */
export function silenceName({ change, name }: SilenceTerms): string {
  const ofChange = change
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return [ofChange === '' ? 'change' : ofChange, ...(name === undefined ? [] : [name])].join('-');
}
