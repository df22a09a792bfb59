import {
  durationShorthand,
  type MetricQuery,
  type OpenSloMetadata,
  type OpenSloTarget,
  type OpenSloWindow,
  type SliSpec,
  type SloSpec,
} from './documents.ts';
import type { FieldReader } from './field-reader.ts';

export function readSlo(spec: FieldReader, readMetadata: (of: FieldReader) => OpenSloMetadata): SloSpec {
  const description = spec.optionalText('description');
  const indicatorRef = spec.optionalText('indicatorRef');
  const indicator = spec.has('indicator') ? readIndicator(spec, readMetadata) : undefined;
  if (indicator === undefined && indicatorRef === undefined && !spec.has('indicator'))
    spec.lack('indicator or indicatorRef');
  const method = spec.text('budgetingMethod');
  if (method !== 'Occurrences' && method !== 'Timeslices') spec.refuse('budgetingMethod', 'Occurrences or Timeslices');
  if (!spec.has('objectives')) spec.lack('objectives');
  return {
    service: spec.text('service'),
    ...(description === undefined ? {} : { description }),
    ...(indicator === undefined ? {} : { indicator }),
    ...(indicatorRef === undefined ? {} : { indicatorRef }),
    timeWindow: readWindow(spec),
    budgetingMethod: method === 'Timeslices' ? method : 'Occurrences',
    objectives: spec.mappings('objectives').map(readTarget),
    alertPolicies: spec.mappings('alertPolicies').map(({ raw }) => raw),
  };
}

function readIndicator(spec: FieldReader, readMetadata: (of: FieldReader) => OpenSloMetadata): SloSpec['indicator'] {
  const inline = spec.mapping('indicator');
  const own = inline?.mapping('spec') ?? null;
  if (inline === null || own === null) return undefined;
  const sli = readSli(own);
  return sli === null ? undefined : { metadata: readMetadata(inline), spec: sli };
}

export function readSli(spec: FieldReader): SliSpec | null {
  if (spec.has('thresholdMetric')) {
    const query = readQuery(spec, 'thresholdMetric');
    return query === null ? null : { kind: 'threshold', query };
  }
  const ratio = spec.has('ratioMetric') ? spec.mapping('ratioMetric') : null;
  if (ratio === null) {
    if (!spec.has('ratioMetric')) spec.lack('ratioMetric or thresholdMetric');
    return null;
  }
  if (ratio.has('raw')) {
    const query = readQuery(ratio, 'raw');
    return query === null ? null : { kind: 'raw', query, rawType: ratio.text('rawType') };
  }
  const kind = ratio.has('bad') ? 'bad' : 'good';
  if (kind === 'bad' && ratio.has('good')) ratio.refuse('good', 'left out where bad is given');
  const [part, total] = [readQuery(ratio, kind), readQuery(ratio, 'total')];
  if (part === null || total === null) return null;
  return { kind, counter: ratio.optionalFlag('counter') ?? true, part, total };
}

/** The query of Prometheus is under `query`; older documents have `promql`. */
function readQuery(of: FieldReader, field: string): MetricQuery | null {
  const source = of.mapping(field)?.mapping('metricSource') ?? null;
  if (source === null) return null;
  const own = source.has('spec') ? source.mapping('spec') : null;
  const query = own?.raw.query ?? own?.raw.promql;
  return { type: source.optionalText('type') ?? '', query: typeof query === 'string' ? query : null };
}

function readWindow(spec: FieldReader): OpenSloWindow | null {
  const [window, ...more] = spec.mappings('timeWindow');
  if (window === undefined) return null;
  if (more.length > 0) spec.refuse('timeWindow', 'a list of exactly one');
  const duration = window.text('duration');
  if (duration !== '' && !durationShorthand.test(duration))
    window.refuse('duration', 'a number and one of m, h, d, w, M, Q, Y');
  if (!window.has('calendar')) return { duration, isRolling: true };
  const calendar = window.mapping('calendar');
  return {
    duration,
    isRolling: false,
    startTime: calendar?.text('startTime') ?? '',
    timeZone: calendar?.text('timeZone') ?? '',
  };
}

const operators = ['lte', 'gte', 'lt', 'gt'] as const;

function readTarget(target: FieldReader): OpenSloTarget {
  const percent = target.optionalNumber('targetPercent');
  const share =
    target.optionalNumber('target') ?? (percent === undefined ? undefined : Number((percent / 100).toPrecision(10)));
  if (share === undefined && !target.has('target') && !target.has('targetPercent'))
    target.lack('target or targetPercent');
  if (share !== undefined && (share < 0 || share >= 1))
    target.refuse(percent === undefined ? 'target' : 'targetPercent', 'below the whole, and not below 0');
  const displayName = target.optionalText('displayName');
  const op = operators.find((known) => known === target.raw.op);
  if (target.has('op') && op === undefined) target.refuse('op', `one of ${operators.join(', ')}`);
  const value = target.optionalNumber('value');
  const sliceTarget = target.optionalNumber('timeSliceTarget');
  const slice = target.raw.timeSliceWindow;
  return {
    target: share ?? 0,
    ...(displayName === undefined ? {} : { displayName }),
    ...(op === undefined ? {} : { op }),
    ...(value === undefined ? {} : { value }),
    ...(sliceTarget === undefined ? {} : { timeSliceTarget: sliceTarget }),
    // A number alone is minutes.
    ...(slice === undefined || slice === null
      ? {}
      : { timeSliceWindow: typeof slice === 'number' ? `${slice}m` : String(slice) }),
  };
}
