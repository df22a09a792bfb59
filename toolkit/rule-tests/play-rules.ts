import type { Expression } from '../languages/promql/index.ts';
import { selectorsIn } from '../languages/promql/index.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { EvaluationFails } from './evaluate/not-modelled.ts';
import { keyOf, type Labels, nameOnly, SeriesStore, type StoredSeries, withoutLabels } from './evaluate/series.ts';
import { samplesOf } from './evaluate/value.ts';

/** What of a rule is played; a mutant differs from its rule in these. */
export interface PlayedRule {
  readonly kind: 'alert' | 'record';
  readonly name: string;
  readonly expression: Expression;
  readonly forMs: number;
  readonly labels: Labels;
}

export interface FiringAlert {
  /** Of the alert as it is sent, without `alertname`. */
  readonly labels: Labels;
  readonly value: number;
}

export interface Play {
  /** Alerts of one rule that fire, step by step. */
  readonly firing: readonly (readonly FiringAlert[])[];
  /** Whether its condition holds for any series, step by step. */
  readonly holds: readonly boolean[];
}

export interface Stage {
  readonly stepMs: number;
  readonly lastStep: number;
  /** Stop as soon as this is true of the alerts that fire at a step. */
  readonly until?: (firing: readonly FiringAlert[], step: number) => boolean;
}

/**
 * Plays rules over series as `promtool test rules` does, in order, at every step. Null: Prometheus could not evaluate
 * them, so no such test passes.
 */
export function playRules(
  rules: readonly PlayedRule[],
  watched: PlayedRule,
  series: readonly StoredSeries[],
  { stepMs, lastStep, until }: Stage,
): Play | null {
  const store = new SeriesStore(stepMs, series);
  const states = rules.map((rule) => new RuleState(rule, store, readsAlerts(rules)));
  const play = { firing: [] as (readonly FiringAlert[])[], holds: [] as boolean[] };
  for (let step = 0; step <= lastStep; step += 1) {
    for (const state of states) {
      if (!state.advance(step)) return null;
      if (state.rule !== watched) continue;
      play.firing.push(state.firing);
      play.holds.push(state.isActive);
    }
    if (until?.(play.firing.at(-1) ?? [], step)) break;
  }
  return play;
}

function readsAlerts(rules: readonly PlayedRule[]): boolean {
  return rules.some(({ expression }) => selectorsIn(expression).some(({ metric }) => metric?.startsWith('ALERTS')));
}

/** One rule while it is played: what it has written, and since when its alerts are active. */
class RuleState {
  readonly rule: PlayedRule;
  firing: readonly FiringAlert[] = [];
  isActive = false;
  readonly #store: SeriesStore;
  readonly #writesAlerts: boolean;
  #activeSince = new Map<string, number>();
  #written = new Map<string, Labels>();

  constructor(rule: PlayedRule, store: SeriesStore, writesAlerts: boolean) {
    this.rule = rule;
    this.#store = store;
    this.#writesAlerts = writesAlerts;
  }

  /** False where Prometheus would refuse to evaluate it. */
  advance(step: number): boolean {
    const at = step * this.#store.stepMs;
    try {
      const samples = samplesOf(evaluate(this.rule.expression, { store: this.#store, at }));
      const results = samples.map(({ labels, value }) => ({
        labels: { ...withoutLabels(labels, nameOnly), ...this.rule.labels },
        value,
      }));
      if (new Set(results.map(({ labels }) => keyOf(labels))).size < results.length) return false;
      if (this.rule.kind === 'record') this.#record(results, step);
      else this.#judge(results, step, at);
      return true;
    } catch (thrown) {
      if (thrown instanceof EvaluationFails) return false;
      throw thrown;
    }
  }

  #record(results: readonly FiringAlert[], step: number): void {
    this.#write(
      results.map(({ labels, value }) => ({ labels: { ...labels, __name__: this.rule.name }, value })),
      step,
    );
  }

  #judge(results: readonly FiringAlert[], step: number, at: number): void {
    const since = new Map(results.map(({ labels }) => [keyOf(labels), this.#activeSince.get(keyOf(labels)) ?? at]));
    this.#activeSince = since;
    this.isActive = results.length > 0;
    const isFiring = ({ labels }: FiringAlert) => at - (since.get(keyOf(labels)) ?? at) >= this.rule.forMs;
    this.firing = results.filter(isFiring);
    if (!this.#writesAlerts) return;
    const named = (labels: Labels, name: string) => ({ ...labels, __name__: name, alertname: this.rule.name });
    const written = results.flatMap((alert) => {
      const alertstate = isFiring(alert) ? 'firing' : 'pending';
      return [
        { labels: { ...named(alert.labels, 'ALERTS'), alertstate }, value: 1 },
        { labels: named(alert.labels, 'ALERTS_FOR_STATE'), value: (since.get(keyOf(alert.labels)) ?? at) / 1000 },
      ];
    });
    this.#write(written, step);
  }

  /** What was given before and is no more, ends at once. */
  #write(samples: readonly FiringAlert[], step: number): void {
    const written = new Map(samples.map(({ labels }) => [keyOf(labels), labels]));
    for (const [key, labels] of this.#written) if (!written.has(key)) this.#store.write(labels, step, null);
    for (const { labels, value } of samples) this.#store.write(labels, step, value);
    this.#written = written;
  }
}
