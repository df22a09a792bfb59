import { objectClass } from './class-shapes.ts';
import { bilingual, positiveNumber, share, timeSpan } from './declared-words.ts';
import { selection } from './selection-shapes.ts';
import type { Shape } from './shape.ts';
import {
  andOthers,
  anyText,
  anything,
  either,
  fieldsOf,
  finiteNumber,
  listOf,
  made,
  matching,
  maybe,
  oneField,
  oneOf,
  recordOf,
  someText,
  textOr,
  value,
  variants,
} from './shape.ts';
import type {
  BadRatio,
  BurnAlert,
  CounterSelector,
  GoodRatio,
  LatencyIndicator,
  LowTraffic,
  SlaPromise,
  Slo,
  TimeSliceIndicator,
} from './slo.ts';

export const sloId = matching('lower-case words with dashes, such as mes-answers', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const metricName = matching('a name of a metric, such as http_requests_total', /^[a-zA-Z_:][\w:]*$/);
const labelTest = textOr(
  oneField(
    fieldsOf<{ not?: string; matching?: string; notMatching?: string }>(
      { not: maybe(anyText), matching: maybe(anyText), notMatching: maybe(anyText) },
      'a text, or a test with exactly one of not, matching and notMatching',
    ),
  ),
);

const counterSelector = fieldsOf<CounterSelector>(
  { metric: metricName, where: maybe(labelTests()) },
  'a selector such as { metric: "http_requests_total", where: { code: "200" } }',
);

const condition = oneField(
  fieldsOf<{ above?: number; below?: number; equals?: number }>(
    { above: maybe(finiteNumber), below: maybe(finiteNumber), equals: maybe(finiteNumber) },
    'a condition with exactly one of above, below and equals',
  ),
);

export const slo = andOthers(
  made<Pick<Slo, 'kind' | 'id'>>({ kind: oneOf(['slo']), id: sloId }, 'an SLO made by defineSlo({...})'),
);

const weightedPart = fieldsOf<{ slo: unknown; weight: number }>({ slo, weight: positiveNumber });
const indicator = variants(
  'kind',
  {
    ratio: oneOfRatios(),
    latency: fieldsOf<LatencyIndicator>({ kind: anything, histogram: counterSelector, below: positiveNumber }),
    timeSlice: fieldsOf<Omit<TimeSliceIndicator, 'class'> & { of: unknown }>({
      kind: anything,
      of: objectClass,
      signal: someText,
      good: condition,
      slice: timeSpan,
      across: maybe(oneOf(['all', 'any'])),
    }),
    composite: fieldsOf<{ kind: unknown; rule: unknown; of: unknown }>({
      kind: anything,
      rule: oneOf(['all', 'weighted']),
      of: listOf(either('weight', weightedPart, slo)),
    }),
  },
  { expected: 'an indicator such as { kind: "ratio", good: {...}, total: {...} }' },
);

/** Names are the author's, but they are written into PromQL as they are. */
export function labelTests(): Shape {
  const areNames = (given: unknown) => Object.keys(given ?? {}).every((name) => /^[a-zA-Z_]\w*$/.test(name));
  const refused = value('tests by names of labels, which are letters, digits and _', () => false);
  return { kind: 'branch', choose: (given) => (areNames(given) ? recordOf(labelTest) : refused) };
}

function oneOfRatios() {
  const fields = { kind: anything, good: maybe(counterSelector), bad: maybe(counterSelector), total: counterSelector };
  return fieldsOf<Omit<GoodRatio, 'good' | 'bad'> & Partial<Pick<GoodRatio, 'good'> & Pick<BadRatio, 'bad'>>>(
    fields as never,
  );
}

export const sloShape = fieldsOf<Omit<Slo, 'kind' | 'source'>>({
  id: sloId,
  title: bilingual,
  service: selection,
  objective: share,
  window: either(
    'rolling',
    fieldsOf<{ rolling: string }>({ rolling: timeSpan }),
    fieldsOf<{ calendar: string; zone: string }>({ calendar: oneOf(['month', 'quarter']), zone: someText }),
  ),
  indicator,
  promised: maybe(fieldsOf<SlaPromise>({ objective: share, to: someText })),
  lowTraffic: maybe(
    fieldsOf<LowTraffic>({ minimumEvents: positiveNumber, in: timeSpan, usualEvents: maybe(positiveNumber) }),
  ),
  excludes: maybe(
    listOf(
      either(
        'calendar',
        fieldsOf<{ calendar: string }>({ calendar: someText }),
        fieldsOf<{ series: CounterSelector }>({ series: counterSelector }),
      ),
    ),
  ),
  alerting: maybe(
    listOf(fieldsOf<BurnAlert>({ severity: oneOf(['critical', 'warning']), budget: share, long: timeSpan })),
  ),
  team: maybe(someText),
  runbook: maybe(someText),
  clauses: maybe(listOf(someText)),
});
