import { parseExpression } from '../../../toolkit/languages/promql/index.ts';
import type { Dialect } from '../../../toolkit/languages/promql/versions.ts';

/** How our judgement of many expressions compares with that of Prometheus. */
export interface Comparison {
  /** Refused by Prometheus, and read by us. */
  readonly missed: readonly string[];
  /** Read by Prometheus, and refused by us. */
  readonly falseAlarms: readonly string[];
  /** Of what Prometheus refuses, the share that we refuse. */
  readonly recall: number;
  /** Of what Prometheus reads, the share that we refuse. */
  readonly falseAlarmRate: number;
  readonly refusedCount: number;
  readonly readCount: number;
}

export function compareVerdicts(
  texts: readonly string[],
  isRefused: (text: string, index: number) => boolean,
  dialect: Dialect,
): Comparison {
  const refused = texts.filter(isRefused);
  const read = texts.filter((text, index) => !isRefused(text, index));
  const missed = refused.filter((text) => parseExpression(text, dialect).kind === 'parsed');
  const falseAlarms = read.filter((text) => parseExpression(text, dialect).kind === 'refused');
  return {
    missed,
    falseAlarms,
    recall: 1 - missed.length / Math.max(1, refused.length),
    falseAlarmRate: falseAlarms.length / Math.max(1, read.length),
    refusedCount: refused.length,
    readCount: read.length,
  };
}
