import {
  durationShorthand,
  type MetricQuery,
  type OpenSloDocument,
  type OpenSloIndicator,
  type OpenSloObjective,
  type OpenSloTarget,
  type OpenSloWindow,
  type SliSpec,
} from '../../../languages/openslo/index.ts';
import { parseExpression, type Selector, selectorsIn } from '../../../languages/promql/index.ts';
import type { CounterSelector, LabelTest, SloWindow } from '../../../model/index.ts';
import { chineseTitle } from './export-slo.ts';
import { printSloSource, type SloSource } from './slo-source.ts';

export interface ImportedSlo {
  readonly id: string;
  /** TypeScript; null: nothing of it can be said. */
  readonly source: string | null;
  /** What the source does not say, or somebody has to look at. */
  readonly lost: readonly string[];
}

/** Each objective of the documents as content. An SLO with several targets becomes several. */
export function importSlos(documents: readonly OpenSloDocument[]): readonly ImportedSlo[] {
  const indicators = documents.filter((document) => document.kind === 'SLI');
  return documents
    .filter((document) => document.kind === 'SLO')
    .flatMap((document) =>
      document.spec.objectives.map((target, index) => importSlo(document, target, index, indicators)),
    );
}

/** Why something cannot be carried over; caught where its objective is told. */
class NotCarried extends Error {}

function importSlo(
  document: OpenSloObjective,
  target: OpenSloTarget,
  index: number,
  indicators: readonly OpenSloIndicator[],
): ImportedSlo {
  const { metadata, spec } = document;
  const id = `${slug(metadata.name)}${index === 0 ? '' : `-${index + 1}`}`;
  const lost: string[] = [];
  try {
    const source: SloSource = {
      id,
      title: titleOf(document, target, lost),
      service: spec.service,
      objective: shareOf(target),
      window: windowOf(spec.timeWindow, lost),
      indicator: ratioOf(indicatorOf(document, indicators)),
    };
    lost.push(`that the service ${spec.service} is these items: the selection has to be written`);
    if (spec.budgetingMethod === 'Timeslices') lost.push('the time slices: events are counted');
    if (spec.alertPolicies.length > 0) lost.push('the alert policies: the usual burn alerts are derived');
    return { id, source: printSloSource(source), lost };
  } catch (error) {
    if (error instanceof NotCarried) return { id, source: null, lost: [error.message] };
    throw error;
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function titleOf({ metadata, spec }: OpenSloObjective, { displayName }: OpenSloTarget, lost: string[]) {
  const en = [
    metadata.displayName ?? spec.description ?? metadata.name,
    ...(spec.objectives.length > 1 ? [displayName ?? ''] : []),
  ]
    .filter((text) => text !== '')
    .join(': ');
  const zh = metadata.annotations?.[chineseTitle];
  if (zh === undefined) lost.push('a title in Chinese: the English one stands in its place');
  return { en, zh: zh ?? en };
}

function shareOf({ target }: OpenSloTarget): number {
  if (target <= 0) throw new NotCarried('all of it: a target of 0 is met by nothing at all');
  return target;
}

const months: Readonly<Record<string, 'month' | 'quarter'>> = { '1M': 'month', '1Q': 'quarter', '3M': 'quarter' };
const daysOf: Readonly<Record<string, number>> = { M: 30, Q: 91, Y: 365 };

function windowOf(window: OpenSloWindow | null, lost: string[]): SloWindow {
  if (window === null) {
    lost.push('a window: 30d is written');
    return { rolling: '30d' };
  }
  if (!window.isRolling) {
    const calendar = months[window.duration];
    if (calendar === undefined) throw new NotCarried(`all of it: there is no calendar period of ${window.duration}`);
    if (!/-01 00:00(:00)?$/.test(window.startTime))
      lost.push(`that a period begins at ${window.startTime}: it begins with the ${calendar}`);
    return { calendar, zone: window.timeZone };
  }
  const [, count = '0', unit = ''] = durationShorthand.exec(window.duration) ?? [];
  const days = daysOf[unit];
  if (days === undefined) return { rolling: window.duration };
  lost.push(`that ${window.duration} follows the calendar: it is ${Number(count) * days} days`);
  return { rolling: `${Number(count) * days}d` };
}

function indicatorOf({ spec }: OpenSloObjective, indicators: readonly OpenSloIndicator[]): SliSpec {
  if (spec.indicator !== undefined) return spec.indicator.spec;
  const found = indicators.find(({ metadata }) => metadata.name === spec.indicatorRef);
  if (found === undefined) throw new NotCarried(`all of it: the SLI ${spec.indicatorRef} is in none of the documents`);
  return found.spec;
}

function ratioOf(spec: SliSpec): SloSource['indicator'] {
  if (spec.kind === 'threshold') {
    throw new NotCarried(
      `all of it: which signal ${spec.query.query ?? 'its query'} is has to be said by hand, as a timeSlice`,
    );
  }
  if (spec.kind === 'raw')
    throw new NotCarried('all of it: a ratio that is reckoned elsewhere has no events to weigh it by');
  if (!spec.counter) throw new NotCarried('all of it: good and total are no counters');
  return { kind: spec.kind, part: selectorOf(spec.part), total: selectorOf(spec.total) };
}

/** Sums and rates around a counter are ours to write; what is told apart by them is the counter and its labels. */
function selectorOf({ type, query }: MetricQuery): CounterSelector {
  if (query === null || !/^(prometheus)?$/i.test(type))
    throw new NotCarried(`all of it: ${type || 'its source'} is not read, only queries of Prometheus`);
  const parsed = parseExpression(query);
  if (parsed.kind === 'refused') throw new NotCarried(`all of it: ${query} is no PromQL`);
  const [selector, ...more] = selectorsIn(parsed.expression);
  if (selector === undefined || more.length > 0) throw new NotCarried(`all of it: ${query} is not of one counter`);
  return counterOf(selector, query);
}

function counterOf({ metric, matchers }: Selector, query: string): CounterSelector {
  const labels = matchers.map(({ label }) => label);
  if (metric === null || new Set(labels).size < labels.length)
    throw new NotCarried(`all of it: ${query} names no metric, or a label twice`);
  if (matchers.length === 0) return { metric };
  return {
    metric,
    where: Object.fromEntries(matchers.map(({ label, operator, value }) => [label, testOf(operator, value)])),
  };
}

function testOf(operator: '=' | '!=' | '=~' | '!~', value: string): LabelTest {
  if (operator === '=') return value;
  if (operator === '!=') return { not: value };
  return operator === '=~' ? { matching: value } : { notMatching: value };
}
