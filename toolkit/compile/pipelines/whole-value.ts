import { readLinePattern } from '../../languages/line-pattern/index.ts';

/**
 * A pattern that may match anywhere, as one of the whole value, which is all that Prometheus matches: `^a|b` is
 * `(?:a.*|.*b.*)`. Several values are matched as one text, so an anchor within would be at no edge: null.
 */
export function wholeValue(pattern: string): string | null {
  const read = readLinePattern(pattern);
  if (read.kind === 'invalid') return null;
  const text = read.pattern.portable.replace(/^\(\?i\)/, '');
  const parts = alternatives(text).map((part) => {
    const begins = part.startsWith('^');
    const ends = /(?:^|[^\\])(?:\\\\)*\$$/.test(part);
    const body = part.slice(begins ? 1 : 0, ends ? -1 : undefined);
    return hasAnchor(body) ? null : `${begins ? '' : '.*'}${body}${ends ? '' : '.*'}`;
  });
  if (parts.some((part) => part === null)) return null;
  const flags = read.pattern.portable.startsWith('(?i)') ? '?i:' : '?:';
  return parts.length === 1 && flags === '?:' ? `${parts[0]}` : `(${flags}${parts.join('|')})`;
}

/** What stands between bars outside of parentheses and brackets. */
function alternatives(pattern: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [piece] of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]])*\]|[\s\S]/g)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += piece;
  }
  return parts;
}

function hasAnchor(pattern: string): boolean {
  const bare = pattern.replaceAll(/\\[^bB]|\[\^?\]?(?:\\.|[^\]])*\]/g, '');
  return /[\^$]|\\[bB]/.test(bare);
}
