import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { ruleGroupShape, ruleShape } from './included-shapes.ts';

/**
 * A rule group as Prometheus reads it, for what no class derives: rules that were there before, or over several classes.
 * Its alerts carry only the labels that they are given, so policies about the labels of items see them.
 */
export interface RuleGroup {
  readonly kind: 'rule-group';
  /** Lower-case words with dashes: names the file and the address, `prometheus-rules/<id>`. */
  readonly id: string;
  /** What Prometheus calls the group; absent: the id. */
  readonly name?: string;
  /** How often it is evaluated; absent: as its Prometheus does. */
  readonly interval?: string;
  /** Most alerts or series that one rule may give; 0 or absent: any number. */
  readonly limit?: number;
  /** How far back it looks, such as `1m`; Prometheus 2.53 and later. */
  readonly query_offset?: string;
  /** Labels of every rule in it; Prometheus 3 and later. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  readonly source: SourceSpan;
}

/** One rule, with the fields that Prometheus documents. */
export type Rule = (AlertingRule | RecordingRule) & { readonly kind: 'rule'; readonly source: SourceSpan };

/** A rule that tells somebody. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A rule that records a series. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Declares a rule group that is written by hand; a stack loads it with `.include(...)`.
 *
 * ```ts
 * export const powerRules = defineRules({
 *   id: 'power',
 *   interval: '1m',
 *   rules: [
 *     rule({ alert: 'FeedLost', expr: 'feed_up == 0', for: '5m', labels: { severity: 'critical' } }),
 *   ],
 * });
 * ```
 */
export function defineRules(group: Omit<RuleGroup, 'kind' | 'source'>): RuleGroup {
  const source = callSite(defineRules);
  holdToShape(ruleGroupShape, group, 'defineRules({...})', source);
  return deepFreeze({ ...group, kind: 'rule-group', source });
}

/** One rule of `defineRules`; findings about it stand where it is called. */
export function rule(fields: AlertingRule | RecordingRule): Rule {
  const source = callSite(rule);
  holdToShape(ruleShape, fields, 'rule({...})', source);
  return deepFreeze({ ...fields, kind: 'rule', source });
}
