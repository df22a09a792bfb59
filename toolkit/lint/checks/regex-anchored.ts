import type { LabelMatcher } from '../../languages/promql/index.ts';
import type { Check, Problem } from '../check.ts';

export const check: Check = {
  code: 'regex-anchored',
  about: 'expression',
  severity: 'notice',
  summary: 'Regular expression with anchors that are there already',
  why: 'Prometheus matches the whole value always. Whoever reads ^ and $ thinks that other patterns match parts, and writes the next one wrong.',
  hint: 'Leave ^ at the beginning and $ at the end away. `opsctl lint --fix` does it.',
  bad: '- alert: Down\n  expr: up{job=~"^node.*$"} == 0\n',
  good: '- alert: Down\n  expr: up{job=~"node.*"} == 0\n',
  judge: (index) =>
    index
      .entries('selector')
      .flatMap(({ node }) => node.matchers.flatMap((matcher) => judgeMatcher(index.text, matcher))),
};

function judgeMatcher(text: string, { label, operator, value, span }: LabelMatcher): readonly Problem[] {
  if (operator !== '=~' && operator !== '!~') return [];
  const inner = value.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  // `a|^b$` anchors one alternative alone, and an empty pattern means something else.
  if (inner === value || hasOuterBar(inner) || inner === '') return [];
  const quoted = text.indexOf(value, span.from);
  const fix =
    quoted < 0 || quoted > span.to ? {} : { fix: { span: { from: quoted, to: quoted + value.length }, text: inner } };
  return [{ text: `${label}${operator}${JSON.stringify(value)} is anchored without being told.`, span, ...fix }];
}

/** A bar that no parentheses hold. */
function hasOuterBar(pattern: string): boolean {
  let depth = 0;
  for (const [sign] of pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/g)) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === '|' && depth === 0) return true;
  }
  return false;
}
