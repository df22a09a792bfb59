import { pointerTo } from '../../diagnostics/index.ts';
import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import { parseDuration } from '../../model/duration.ts';
import type { Check, Problem } from '../check.ts';
import { isMapping, listOf } from '../read/fields.ts';

const metricName = /^[A-Za-z_:][\w:]*$/;
const labelName = /^[A-Za-z_]\w*$/;

export const check: Check = {
  code: 'malformed-rule',
  about: 'rule-file',
  severity: 'error',
  summary: 'Rule that Prometheus refuses',
  why: 'Prometheus refuses the whole file, and with it all of its alerts.',
  hint: 'Give each rule either alert or record, an expression, texts as labels, and durations such as 5m.',
  bad: '- alert: Down\n  expr: up == 0\n  for: 5m\n  keep_firing_for: 5 minutes\n',
  good: '- alert: Down\n  expr: up == 0\n  for: 5m\n  keep_firing_for: 5m\n',
  judge: ({ value }) => {
    const groups = listOf(value.groups).flatMap((group, index) => judgeGroup(group, `/groups/${index}`));
    return Array.isArray(value.groups) ? groups : [{ text: 'groups is no list.', pointer: '/groups' }];
  },
};

function judgeGroup(group: YamlValue, pointer: string): readonly Problem[] {
  if (!isMapping(group)) return [{ text: 'The group is no mapping.', pointer }];
  const { name, rules = [] } = group;
  return [
    ...(typeof name === 'string' && name !== '' ? [] : [{ text: 'The group has no name.', pointer }]),
    ...judgeDuration(group, 'interval', pointer),
    ...(Array.isArray(rules) || rules === null ? [] : [{ text: 'rules is no list.', pointer: `${pointer}/rules` }]),
    ...listOf(rules).flatMap((rule, index) => judgeRule(rule, `${pointer}/rules/${index}`)),
  ];
}

function kindsOf(rule: YamlMapping): readonly ('alert' | 'record')[] {
  if ('alert' in rule) return 'record' in rule ? ['alert', 'record'] : ['alert'];
  return 'record' in rule ? ['record'] : [];
}

function judgeRule(rule: YamlValue, pointer: string): readonly Problem[] {
  if (!isMapping(rule)) return [{ text: 'The rule is no mapping.', pointer }];
  const kinds = kindsOf(rule);
  const [kind] = kinds;
  if (kind === undefined) return [{ text: 'The rule has neither alert nor record.', pointer }];
  if (kinds.length > 1) return [{ text: 'The rule has both alert and record.', pointer }];
  if (isPlain(rule, kind)) return [];
  return [
    ...judgeName(rule, kind, pointer),
    ...judgeExpression(rule, pointer),
    ...(kind === 'record' ? recordOnly(rule, pointer) : []),
    ...judgeDuration(rule, 'for', pointer),
    ...judgeDuration(rule, 'keep_firing_for', pointer),
    ...judgeTexts(rule, 'labels', pointer),
    ...judgeTexts(rule, 'annotations', pointer),
  ];
}

/** A rule as nearly all are, at which nothing has to be looked at twice; there are thousands of them. */
function isPlain(
  { alert, expr, for: wait, keep_firing_for: keep, labels, annotations }: YamlMapping,
  kind: string,
): boolean {
  if (kind !== 'alert' || typeof alert !== 'string' || alert === '' || keep !== undefined) return false;
  if (typeof expr !== 'string' || expr.trim() === '') return false;
  if (wait !== undefined && (typeof wait !== 'string' || !/^\d+[smhd]$/.test(wait))) return false;
  return holdsTexts(labels) && holdsTexts(annotations);
}

function holdsTexts(value: YamlValue | undefined): boolean {
  if (value === undefined) return true;
  if (!isMapping(value)) return false;
  for (const name in value)
    if (typeof value[name] !== 'string' || !labelName.test(name) || name === '__name__') return false;
  return true;
}

function judgeName(rule: YamlMapping, kind: 'alert' | 'record', pointer: string): readonly Problem[] {
  const name = rule[kind];
  const at = `${pointer}/${kind}`;
  if (typeof name !== 'string' || name === '') return [{ text: `${kind} is no text.`, pointer: at }];
  if (kind === 'alert' || metricName.test(name)) return [];
  return [{ text: `${name} is no name of a metric.`, pointer: at, found: name }];
}

function judgeExpression({ expr }: YamlMapping, pointer: string): readonly Problem[] {
  if (typeof expr === 'number' || (typeof expr === 'string' && expr.trim() !== '')) return [];
  if (expr === undefined || expr === null || expr === '') return [{ text: 'The rule has no expression.', pointer }];
  return [{ text: 'expr is no text.', pointer: `${pointer}/expr` }];
}

function recordOnly(rule: YamlMapping, pointer: string): readonly Problem[] {
  return ['for', 'keep_firing_for', 'annotations']
    .filter((name) => name in rule)
    .map((name) => ({ text: `A recording rule has no ${name}.`, pointer: `${pointer}/${name}`, at: 'key' as const }));
}

function judgeDuration(holder: YamlMapping, name: string, pointer: string): readonly Problem[] {
  const value = holder[name];
  if (value === undefined || value === null || value === 0) return [];
  if (typeof value === 'string' && parseDuration(value) !== null) return [];
  return [
    {
      text: `${name} is no duration.`,
      pointer: `${pointer}/${name}`,
      expected: 'such as 5m',
      found: JSON.stringify(value),
    },
  ];
}

function judgeTexts(rule: YamlMapping, section: 'labels' | 'annotations', pointer: string): readonly Problem[] {
  const value = rule[section];
  if (value === undefined || value === null) return [];
  const at = `${pointer}/${section}`;
  if (!isMapping(value)) return [{ text: `${section} is no mapping.`, pointer: at }];
  return Object.entries(value).flatMap(([name, text]) => {
    const place = pointerTo(at, name);
    if (!labelName.test(name) || (section === 'labels' && name === '__name__'))
      return [{ text: `${name} is no name of a label.`, pointer: place, at: 'key' as const, found: name }];
    return typeof text === 'object' && text !== null ? [{ text: `${name} is no text.`, pointer: place }] : [];
  });
}
