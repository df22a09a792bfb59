import { compilePattern as compile } from '../../languages/alert-routing/compile-pattern.ts';

const known = new Map<string, ((value: string) => boolean) | null>();
const knownAtMost = 5000;

/** What a pattern of RE2 accepts; null for one that cannot be tried here. */
export function compilePattern(pattern: string): ((value: string) => boolean) | null {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const compiled = compile(pattern, '0.34');
  const accepts = compiled.kind === 'pattern' ? compiled.accepts : null;
  if (known.size >= knownAtMost) known.clear();
  known.set(pattern, accepts);
  return accepts;
}
