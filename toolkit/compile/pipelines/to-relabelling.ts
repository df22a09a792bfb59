import type { RelabelRule } from '../../languages/relabelling/index.ts';
import type { FieldTest, Pipeline, PipelineStep, StepOf } from '../../model/index.ts';
import type { LeafTest } from './field-tests.ts';
import { escapePattern } from './source-path.ts';
import { slashed } from './step-reads.ts';
import { wholeValue } from './whole-value.ts';

/**
 * A pipeline of metrics as `metric_relabel_configs` of its job. The field `metric` is the name. Prometheus matches whole
 * values, so a pattern that is to be found anywhere gets `.*` around it.
 */
export function toRelabelling({ steps }: Pipeline): readonly RelabelRule[] {
  return steps.flatMap(rulesOf);
}

function rulesOf(step: PipelineStep): readonly RelabelRule[] {
  switch (step.step) {
    case 'drop':
      return decide(step.where, 'drop');
    case 'keep':
      return decide(step.where, 'keep');
    case 'rename':
      return [
        { source_labels: [label(step.field)], regex: '(.+)', target_label: label(step.to), replacement: '$1' },
        ...(step.field === 'metric' ? [] : [{ action: 'labeldrop', regex: escapePattern(step.field) } as const]),
      ];
    case 'set':
      return [setRule(step)];
    case 'map':
      return mapRules(step);
    case 'remove':
      return [{ action: 'labeldrop', regex: step.fields.map(escapePattern).join('|') }];
    default:
      // What relabelling cannot do was told before.
      return [];
  }
}

function label(field: string): string {
  return field === 'metric' ? '__name__' : field;
}

function setRule({ field, to }: StepOf<'set'>): RelabelRule {
  if (typeof to === 'object')
    return { source_labels: [label(to.field)], regex: '(.+)', target_label: label(field), replacement: '$1' };
  return { target_label: label(field), replacement: String(to).replaceAll('$', '$$$$') };
}

/**
 * The first rule of a mapping would feed the second, where both are of one label; so the value goes through a label that
 * nobody has, which is taken away at the end.
 */
function mapRules({ field, to = field, values, otherwise }: StepOf<'map'>): readonly RelabelRule[] {
  const from = '__tmp_mapped';
  const target = label(to);
  const keys = Object.entries(values).map(([key, value]) => ({
    source_labels: [from],
    regex: patternOf(key),
    target_label: target,
    replacement: value.replaceAll('$', '$$$$'),
  }));
  const rest = otherwise === undefined ? '$1' : otherwise.replaceAll('$', '$$$$');
  return [
    { source_labels: [label(field)], regex: '(.+)', target_label: from, replacement: '$1' },
    { source_labels: [from], regex: '(.+)', target_label: target, replacement: rest },
    ...keys,
    { action: 'labeldrop', regex: from },
  ];
}

function patternOf(key: string): string {
  const pattern = slashed(key);
  return pattern === null ? escapePattern(key) : anywhere(pattern);
}

function decide(test: FieldTest, action: 'drop' | 'keep'): readonly RelabelRule[] {
  const opposite = action === 'drop' ? 'keep' : 'drop';
  if ('not' in test) return decide(test.not, opposite);
  if ('any' in test) return test.any.flatMap((one) => decide(one, action));
  const leaves = ('all' in test ? test.all : [test]) as readonly LeafTest[];
  return [{ action, source_labels: leaves.map(({ field }) => label(field)), regex: leaves.map(leafPattern).join(';') }];
}

function leafPattern(test: LeafTest): string {
  if ('is' in test) return escapePattern(String(test.is));
  if ('in' in test) return `(?:${test.in.map((one) => escapePattern(String(one))).join('|')})`;
  return 'matches' in test ? anywhere(test.matches) : '';
}

function anywhere(pattern: string): string {
  return wholeValue(pattern) ?? pattern;
}
