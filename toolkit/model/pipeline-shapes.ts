import { alertSamples } from './alert-shapes.ts';
import { bilingual } from './declared-words.ts';
import { parseDuration } from './duration.ts';
import { alertSeverities } from './organisation.ts';
import type { FieldFacts, Pipeline, PipelineAlert, PipelineTest } from './pipeline.ts';
import type { PipelineStep, StepFields, StepKind } from './pipeline-step.ts';
import {
  andOthers,
  anyText,
  anything,
  either,
  fieldsOf,
  finiteNumber,
  isText,
  listOf,
  made,
  matching,
  maybe,
  oneOf,
  recordOf,
  type Shape,
  secret,
  someText,
  value,
  variants,
} from './shape.ts';

// What content hands to `definePipeline` and `steps`; whether steps fit together is checked by the compiler.

const isDuration = (given: unknown) => typeof given === 'string' && parseDuration(given) !== null;
const duration = value('a duration as Prometheus writes it, such as 30s, 5m, 1h30m', isDuration);
const fieldName = matching('a name of a field, such as status or error.type', /^[A-Za-z_][\w.]*$/);
const metricName = matching('a name of a metric, such as http_requests_total', /^[a-zA-Z_][a-zA-Z0-9_]*$/);
const isScalar = (given: unknown) => typeof given === 'string' || Number.isFinite(given);
const scalar = value('a text or a number', isScalar);
const pipelineId = matching('lower-case words with dashes, such as auth-failures', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const wholeAboveOne = value('a whole number above 1', (given) => Number.isInteger(given) && Number(given) > 1);
const unit = oneOf([
  'seconds',
  'milliseconds',
  'microseconds',
  'nanoseconds',
  'bytes',
  'kibibytes',
  'mebibytes',
  'ratio',
  'percent',
]);

/** Tests lie within tests, so the shape is found by the value. */
const test: Shape = { kind: 'branch', choose: (given) => testShape(given) };

function testShape(given: unknown): Shape {
  const has = (name: string) => typeof given === 'object' && given !== null && Object.hasOwn(given, name);
  if (has('all')) return fieldsOf<{ all: unknown }>({ all: listOf(test) });
  if (has('any')) return fieldsOf<{ any: unknown }>({ any: listOf(test) });
  if (has('not')) return fieldsOf<{ not: unknown }>({ not: test });
  if (has('in')) return fieldsOf<{ field: unknown; in: unknown }>({ field: fieldName, in: listOf(scalar) });
  if (has('matches')) return fieldsOf<{ field: unknown; matches: unknown }>({ field: fieldName, matches: someText });
  if (has('above')) return fieldsOf<{ field: unknown; above: unknown }>({ field: fieldName, above: finiteNumber });
  if (has('below')) return fieldsOf<{ field: unknown; below: unknown }>({ field: fieldName, below: finiteNumber });
  const expected = 'a condition such as { field: "status", is: "500" }, with one of is, in, matches, above and below';
  return fieldsOf<{ field: unknown; is: unknown }>({ field: fieldName, is: scalar }, expected);
}

const metricFields = {
  metric: metricName,
  help: someText,
  labels: maybe(listOf(fieldName)),
  where: maybe(test),
};
const parsed = { field: maybe(fieldName), otherwise: maybe(oneOf(['drop', 'keep'])), as: anything };
const taken = fieldsOf<Record<'field' | 'otherwise', never> & { as: never; fields: never }>({
  ...parsed,
  fields: listOf(fieldName),
} as never);

/** The argument of each call of `steps`. */
export const stepShapes: Readonly<Record<StepKind, Shape>> = {
  join: fieldsOf<StepFields['join']>({ startsWith: someText, take: oneOf(['all', 'first-line']) }),
  parse: variants(
    'as',
    {
      regex: fieldsOf<Record<string, never>>({ ...parsed, pattern: someText } as never),
      json: taken,
      logfmt: taken,
      syslog: fieldsOf<Record<string, never>>(parsed as never),
    },
    { expected: 'a way to parse such as { as: "regex", pattern: "..." }' },
  ),
  time: fieldsOf<StepFields['time']>({
    field: fieldName,
    format: oneOf(['iso', 'java', 'syslog', 'http', 'unix']),
  }),
  drop: fieldsOf<StepFields['drop']>({ where: test }),
  keep: fieldsOf<StepFields['keep']>({ where: test }),
  rename: fieldsOf<StepFields['rename']>({ field: fieldName, to: fieldName }),
  set: fieldsOf<StepFields['set']>({
    field: fieldName,
    to: either('field', fieldsOf<{ field: string }>({ field: fieldName }), scalar as never),
  }),
  map: fieldsOf<StepFields['map']>({
    field: fieldName,
    to: maybe(fieldName),
    values: recordOf(anyText),
    otherwise: maybe(anyText),
  }),
  convert: fieldsOf<StepFields['convert']>({ field: fieldName, from: unit, to: unit }),
  redact: fieldsOf<StepFields['redact']>({
    fields: listOf(fieldName),
    what: listOf(oneOf(['phone', 'id-card', 'email', 'bank-card', 'token'])),
  }),
  sample: fieldsOf<StepFields['sample']>({ oneOf: wholeAboveOne, unless: maybe(test) }),
  remove: fieldsOf<StepFields['remove']>({ fields: listOf(fieldName) }),
  count: fieldsOf<StepFields['count']>({ ...metricFields, sum: maybe(fieldName) }),
  measure: fieldsOf<StepFields['measure']>({ ...metricFields, field: fieldName, buckets: listOf(finiteNumber) }),
  gauge: fieldsOf<StepFields['gauge']>({ ...metricFields, field: fieldName }),
  ship: fieldsOf<StepFields['ship']>({ to: someText, where: maybe(test) }),
};

const step = andOthers(
  made<Pick<PipelineStep, 'step' | 'source'>>(
    { step: someText, source: andOthers(fieldsOf<{ file: string }>({ file: someText })) },
    'a step made by steps, such as steps.keep({...})',
  ),
);
const labelTest = value('a text, or a test with one of not, matching and notMatching', (given) => {
  if (typeof given === 'string') return true;
  const names = typeof given === 'object' && given !== null ? Object.keys(given) : [];
  return names.length === 1 && ['not', 'matching', 'notMatching'].includes(names[0] ?? '');
});
const countedFields = { count: metricName, where: maybe(recordOf(labelTest)), by: maybe(listOf(fieldName)) };
const counted = fieldsOf<Record<string, never>>(countedFields as never, 'a series such as { count: "errors_total" }');
const condition: Shape = {
  kind: 'branch',
  choose: (given) => {
    const has = (name: string) => typeof given === 'object' && given !== null && Object.hasOwn(given, name);
    const window = { in: duration, above: finiteNumber };
    if (has('share'))
      return fieldsOf<Record<string, never>>({
        share: counted,
        of: counted,
        atLeast: finiteNumber,
        ...window,
      } as never);
    if (has('quantile'))
      return fieldsOf<Record<string, never>>({ quantile: finiteNumber, of: counted, ...window } as never);
    if (has('silent')) return fieldsOf<Record<string, never>>({ silent: counted, in: duration } as never);
    return fieldsOf<Record<string, never>>({ ...countedFields, ...window } as never);
  },
};

const isAddress = (given: unknown) => isText(given) && /^https?:\/\/[^\s@]+$/.test(given);
const url = value('an address such as https://loki.example:3100, without a password in it', isAddress);
const sink = variants(
  'kind',
  {
    loki: fieldsOf<Record<string, never>>({
      kind: anything,
      url,
      labels: listOf(fieldName),
      token: maybe(secret),
    } as never),
    elasticsearch: fieldsOf<Record<string, never>>({
      kind: anything,
      url,
      index: someText,
      user: maybe(someText),
      password: maybe(secret),
    } as never),
    file: fieldsOf<Record<string, never>>({ kind: anything, path: someText } as never),
  },
  { expected: 'a sink such as { kind: "loki", url: "...", labels: [...] }' },
);

export const pipelineShape = fieldsOf<Omit<Pipeline, 'kind' | 'source'>>({
  id: pipelineId,
  title: bilingual,
  with: oneOf(['prometheus', 'mtail', 'vector', 'otelcol']),
  from: variants(
    'kind',
    {
      files: fieldsOf<{ kind: unknown; path: string }>({
        kind: anything,
        path: matching('an absolute path such as /var/log/remote/{host}/auth.log', /^\/[^\s]*$/),
      }),
      pipeline: fieldsOf<{ kind: unknown; id: string }>({ kind: anything, id: pipelineId }),
      metrics: fieldsOf<{ kind: unknown; job: string }>({ kind: anything, job: someText }),
    },
    { expected: 'a source such as { kind: "files", path: "/var/log/..." }' },
  ),
  sender: maybe(fieldName),
  schema: maybe(
    recordOf(
      fieldsOf<FieldFacts>({
        type: maybe(oneOf(['text', 'number'])),
        unit: maybe(unit),
        values: maybe(listOf(anyText)),
        atMost: maybe(finiteNumber),
        because: maybe(someText),
      }),
    ),
  ),
  steps: listOf(step),
  sinks: maybe(recordOf(sink)),
  alerts: maybe(
    listOf(
      fieldsOf<PipelineAlert>({
        name: someText,
        when: condition,
        for: duration,
        severity: oneOf(alertSeverities),
        summary: bilingual,
        runbook: someText,
        samples: maybe(alertSamples),
        rationale: someText,
        clauses: listOf(someText),
      }),
    ),
  ),
  tests: maybe(
    listOf(
      fieldsOf<PipelineTest>({
        name: someText,
        lines: listOf(anyText),
        path: maybe(someText),
        metrics: maybe(recordOf(finiteNumber)),
        records: maybe(recordOf(listOf(recordOf(scalar)))),
      }),
    ),
  ),
  clauses: maybe(listOf(someText)),
});
