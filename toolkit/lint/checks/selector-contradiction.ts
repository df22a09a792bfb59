import type { LabelMatcher, Selector } from '../../languages/promql/index.ts';
import type { Check, Problem } from '../check.ts';
import { compilePattern } from '../facts/compile-pattern.ts';

export const check: Check = {
  code: 'selector-contradiction',
  about: 'expression',
  severity: 'error',
  summary: 'Selector that takes nothing',
  why: 'Two matchers of one label that no value fits leave no series, so the alert never fires and the panel stays empty.',
  hint: 'Drop one of the two, or write both values into one pattern: job=~"a|b".',
  bad: '- alert: Down\n  expr: up{job="node", job="blackbox"} == 0\n',
  good: '- alert: Down\n  expr: up{job=~"node|blackbox"} == 0\n',
  judge: (index) => index.entries('selector').flatMap(({ node }) => judgeSelector(node, index.use === 'panel')),
};

/** In a panel, what Grafana fills in may fit. */
function judgeSelector(selector: Selector, isPanel: boolean): readonly Problem[] {
  const matchers = selector.matchers.filter(({ value }) => !isPanel || !/\$|\[\[/.test(value));
  const nothing = matchers.find(({ operator, value }) => operator === '!~' && /^\^?\.\*\$?$/.test(value));
  if (nothing !== undefined)
    return [{ text: `${print(nothing)} refuses every series, those without the label included.`, span: nothing.span }];
  if (matchers.length < 2) return [];
  return matchers
    .filter(({ operator }) => operator === '=')
    .flatMap((fixed) => {
      const against = matchers.find(
        (other) => other !== fixed && other.label === fixed.label && refuses(other, fixed.value),
      );
      if (against === undefined) return [];
      const [one, two] = [print(fixed), print(against)];
      return [{ text: `No series has both ${one} and ${two}.`, span: fixed.span }];
    })
    .slice(0, 1);
}

function refuses({ operator, value }: LabelMatcher, found: string): boolean {
  switch (operator) {
    case '=':
      return value !== found;
    case '!=':
      return value === found;
    case '=~':
      return compilePattern(value)?.(found) === false;
    case '!~':
      return compilePattern(value)?.(found) === true;
    default:
      return operator satisfies never;
  }
}

function print({ label, operator, value }: LabelMatcher): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}
