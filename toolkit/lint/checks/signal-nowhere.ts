import { nearestName } from '../../diagnostics/index.ts';
import { metricOf } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';
import type { LintContext } from '../lint-context.ts';

/** Every signal is recorded here or at a tier below, unlike other names with a colon, whose rules may lie elsewhere. */
export const check: Check = {
  code: 'signal-nowhere',
  about: 'expression',
  severity: 'warning',
  summary: 'Signal that nothing records',
  why: 'Signals are recorded by the control point that measures the item. This one is recorded neither here nor below, so the panel stays empty and the rule never fires.',
  hint: 'Write `signal:<class>_<signal>` in lower-case words with underscores, of a class that has items here.',
  bad: '- record: signal:pump_flow\n  expr: pump_flow_litres{item!=""}\n- alert: Dry\n  expr: signal:pump_pressure < 1\n  for: 5m\n',
  good: '- record: signal:pump_flow\n  expr: pump_flow_litres{item!=""}\n- alert: Dry\n  expr: signal:pump_flow < 1\n  for: 5m\n',
  judge: (index, context) => {
    if (!index.text.includes('signal:')) return [];
    const known = signalsIn(context);
    if (known.size === 0) return [];
    return index.entries('selector').flatMap(({ node }) => {
      const name = metricOf(node) ?? '';
      if (!name.startsWith('signal:') || known.has(name)) return [];
      const nearest = nearestName(name, [...known]);
      const meant = nearest === null ? {} : { expected: nearest };
      return [{ text: `No rule records ${name}, here or below.`, span: node.span, found: name, ...meant }];
    });
  },
};

const bySituation = new WeakMap<LintContext, ReadonlySet<string>>();

function signalsIn(context: LintContext): ReadonlySet<string> {
  const before = bySituation.get(context);
  if (before !== undefined) return before;
  const below = context.input.heard.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
  const recorded = [...context.rules, ...below].filter(
    ({ kind, name }) => kind === 'record' && name.startsWith('signal:'),
  );
  const names = new Set(recorded.map(({ name }) => name));
  bySituation.set(context, names);
  return names;
}
