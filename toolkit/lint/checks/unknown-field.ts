import { nearestName, pointerTo } from '../../diagnostics/index.ts';
import type { YamlMapping } from '../../languages/yaml/index.ts';
import type { Check, Problem } from '../check.ts';
import { mappingsIn } from '../read/fields.ts';

const fileFields = new Set(['groups']);
/** Of Prometheus 2.42 and 3; those of Thanos, Mimir and Loki, and those that the operator adds, belong to their files. */
const groupFields = new Set([
  'name',
  'interval',
  'query_offset',
  'limit',
  'labels',
  'rules',
  'partial_response_strategy',
  'source_tenants',
  'evaluation_delay',
  'align_evaluation_time_on_interval',
  'remote_write',
]);
const ruleFields = new Set(['alert', 'record', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations']);

export const check: Check = {
  code: 'unknown-field',
  about: 'rule-file',
  severity: 'error',
  summary: 'Field that rule files do not have',
  why: 'Prometheus refuses the whole file, and with it all of its alerts.',
  hint: 'Correct the name, or move the field to where it belongs.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  keep_firing: 5m\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  keep_firing_for: 5m\n',
  judge: ({ value, pointer }) => {
    // Of the operator's object, the fields around the groups are not ours.
    const top = pointer === '' ? unknownIn(value, '', fileFields) : [];
    const groups = mappingsIn(value.groups).flatMap(([index, group]) => {
      const at = `/groups/${index}`;
      const rules = mappingsIn(group.rules).flatMap(([number, rule]) =>
        unknownIn(rule, `${at}/rules/${number}`, ruleFields),
      );
      return [...unknownIn(group, at, groupFields), ...rules];
    });
    return [...top, ...groups];
  },
};

function unknownIn(mapping: YamlMapping, pointer: string, known: ReadonlySet<string>): readonly Problem[] {
  return Object.keys(mapping)
    .filter((name) => !known.has(name) && !(pointer === '' && /^x-|^namespace$/.test(name)))
    .map((name) => {
      const meant = nearestName(name, known);
      const expected = meant === null ? {} : { expected: meant };
      return {
        text: `${name} is no field here.`,
        pointer: pointerTo(pointer, name),
        at: 'key' as const,
        ...expected,
        found: name,
      };
    });
}
