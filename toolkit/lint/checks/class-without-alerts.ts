import type { Check } from '../check.ts';
import { accepts } from '../facts/accepts.ts';
import { selectorsBehind } from '../facts/selected-metrics.ts';
import type { LintContext } from '../lint-context.ts';

/** Only where targets say their class, as those do that opsctl compiles. */
export const check: Check = {
  code: 'class-without-alerts',
  about: 'everything',
  severity: 'warning',
  summary: 'Class of targets that no alert is about',
  why: 'It is measured, so everybody believes that it is watched; and whatever happens to it, nobody is told.',
  hint: 'Give the class an alert pack, or add an alert whose expression selects the class.',
  bad: '- alert: HostDown\n  expr: up{class="host"} == 0\n  for: 5m\n---\n[{"targets": ["ups-1:9100"], "labels": {"item": "ups-1", "class": "ups"}}]\n',
  good: '- alert: HostDown\n  expr: up{class="host"} == 0\n  for: 5m\n- alert: UpsDown\n  expr: up{class="ups"} == 0\n  for: 5m\n---\n[{"targets": ["ups-1:9100"], "labels": {"item": "ups-1", "class": "ups"}}]\n',
  judge: (context) => {
    const byClass = Map.groupBy(
      context.input.targets.filter(({ labels }) => (labels.class ?? '') !== ''),
      ({ labels }) => labels.class ?? '',
    );
    if (byClass.size === 0) return [];
    const isWatched = watchedClasses(context);
    return [...byClass].flatMap(([name, [place, ...others]]) => {
      if (place === undefined || isWatched(name)) return [];
      return [
        { place, text: `No alert is about the class ${name}, which ${others.length + 1} groups of targets have.` },
      ];
    });
  },
};

function watchedClasses(context: LintContext): (name: string) => boolean {
  const alerts = context.rules.filter(({ kind }) => kind === 'alert');
  const matchers = alerts
    .flatMap((rule) => selectorsBehind(rule, context))
    .map((selector) => selector.matchers.filter(({ label }) => label === 'class'));
  // `up == 0` is about everything; of any other metric, what gives it is not known.
  const watchesAll = alerts.some((rule) =>
    selectorsBehind(rule, context).some((selector) => selector.metric === 'up' && selector.matchers.length === 0),
  );
  return (name) => watchesAll || matchers.some((list) => list.length > 0 && list.every((one) => accepts(one, name)));
}
