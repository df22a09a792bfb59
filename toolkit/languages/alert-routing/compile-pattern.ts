import { checkPattern } from '../promql/check-pattern.ts';
import { translatePattern } from '../promql/translate-pattern.ts';
import type { AlertmanagerRelease } from './release.ts';

export type CompiledPattern =
  | {
      readonly kind: 'pattern';
      readonly accepts: (value: string) => boolean;
      /** All that it accepts, where those are a few plain texts: `ops|dev`. */
      readonly values: readonly string[] | null;
    }
  | { readonly kind: 'invalid'; readonly reason: string };

/** A pattern of `=~`, which Alertmanager puts between anchors before it compiles it: `a)|(b` is valid for that reason. */
export function compilePattern(text: string, release: AlertmanagerRelease): CompiledPattern {
  const values = plainAlternatives(text);
  if (values !== null) {
    const accepted = new Set(values);
    return { kind: 'pattern', accepts: (value) => accepted.has(value), values };
  }
  const anchored = `^(?:${text})$`;
  // Debian 12 builds with a Go that does not read (?<name>...) yet.
  const checked = checkPattern(anchored, release === '0.25');
  if (checked.kind === 'invalid') return checked;
  return compileChecked(anchored, literalStart(text));
}

function compileChecked(anchored: string, start: string): CompiledPattern {
  try {
    const pattern = new RegExp(translatePattern(anchored), 'v');
    return { kind: 'pattern', accepts: (value) => value.startsWith(start) && pattern.test(value), values: null };
  } catch (error) {
    return { kind: 'invalid', reason: `it cannot be simulated (${(error as Error).message})` };
  }
}

/** What every accepted text begins with: most are declined faster by that than by the pattern. */
function literalStart(text: string): string {
  if (/\||\(\?|\)/.test(text)) return '';
  const [letters = ''] = /^(?:[^\\^$.|?*+()[\]{}](?![?*+{]))*/u.exec(text) ?? [];
  return letters;
}

const plain = /^(?:[^\\^$.|?*+()[\]{}]|\\[\\^$.|?*+()[\]{}-]|\|)*$/;

/** `ops|dev` as its two texts, which is how most patterns of routes are written; null for any other pattern. */
function plainAlternatives(pattern: string): readonly string[] | null {
  const text = /^\^\(\?:([\s\S]*)\)\$$/.exec(pattern)?.[1] ?? pattern;
  if (!plain.test(text)) return null;
  const found = [''];
  for (const [character] of text.matchAll(/\\?[\s\S]/g)) {
    if (character === '|') found.push('');
    else found.push(found.pop() + character.slice(-1));
  }
  return [...new Set(found)];
}
