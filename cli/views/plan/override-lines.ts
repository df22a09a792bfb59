import type { OverrideDescription } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';
import { wrapText } from '../wrap-text.ts';
import { type Lines, symbolStyles } from './listing.ts';

/** `~ HostMemoryShort for mes-app-1: threshold 0.05 -> 0.04 (reason: ...; stacks/plant-east-1.ts:31:4)` */
export function overrideLines(overrides: readonly OverrideDescription[], terminal: Terminal, indent: string): Lines {
  return sayOverrides(overrides).flatMap(({ symbol, sentence }) => {
    const [first = '', ...rest] = wrapText(sentence, terminal.width, `${indent}  `);
    return [`${indent}${terminal.paint(symbolStyles[symbol], symbol)} ${first.trimStart()}`, ...rest];
  });
}

/** One statement of a stack may be about many items: it is said once, with all of them. */
export function sayOverrides(
  overrides: readonly OverrideDescription[],
): readonly { readonly symbol: OverrideDescription['symbol']; readonly sentence: string }[] {
  const alike = Map.groupBy(overrides, ({ item: _, ...rest }) => JSON.stringify(rest));
  return [...alike.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const items = list.map(({ item }) => item).join(', ');
    return [{ symbol: first.symbol, sentence: `${first.alert} for ${items}: ${first.text}${originOf(first)}` }];
  });
}

function originOf({ reason, source }: OverrideDescription): string {
  const origin = [
    ...(reason === null ? [] : [`reason: ${reason.replace(/[.。]$/, '')}`]),
    ...(source === null ? [] : [source]),
  ];
  return origin.length === 0 ? '' : ` (${origin.join('; ')})`;
}
