import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { holdToShape } from './hold-to-shape.ts';
import { stepShapes } from './pipeline-shapes.ts';

/** One thing that a pipeline does to a record, in the order in which they are written. Made by `steps`. */
export type PipelineStep = {
  [Kind in StepKind]: { readonly step: Kind; readonly source: SourceSpan } & StepFields[Kind];
}[StepKind];

export type StepKind = keyof StepFields;
export type StepOf<Kind extends StepKind> = Extract<PipelineStep, { readonly step: Kind }>;

/** What is said in `steps.parse({...})` and the others. */
export interface StepFields {
  readonly join: JoinFields;
  readonly parse: ParseFields;
  readonly time: { readonly field: string; readonly format: TimeFormat };
  readonly drop: { readonly where: FieldTest };
  readonly keep: { readonly where: FieldTest };
  readonly rename: { readonly field: string; readonly to: string };
  readonly set: { readonly field: string; readonly to: string | number | { readonly field: string } };
  readonly map: MapFields;
  readonly convert: { readonly field: string; readonly from: FieldUnit; readonly to: FieldUnit };
  readonly redact: { readonly fields: readonly string[]; readonly what: readonly SensitiveData[] };
  readonly sample: { readonly oneOf: number; readonly unless?: FieldTest };
  readonly remove: { readonly fields: readonly string[] };
  readonly count: CountFields;
  readonly measure: MeasureFields;
  readonly gauge: MetricFields & { readonly field: string };
  readonly ship: { readonly to: string; readonly where?: FieldTest };
}

/** Lines that belong together, such as a stack trace of Java: a record begins with a line that matches. First of all steps. */
export interface JoinFields {
  readonly startsWith: string;
  /** `all`: the record is all of its lines. `first-line`: the others are left out, which mtail can do too. */
  readonly take: 'all' | 'first-line';
}

/** Takes a text apart into fields. What does not fit is dropped, unless `otherwise` keeps it as it is. */
export type ParseFields = {
  /** `message` when not given: the whole line. */
  readonly field?: string;
  /** `drop` when not given. */
  readonly otherwise?: 'drop' | 'keep';
} & (
  | { readonly as: 'regex'; readonly pattern: string }
  /** Fields to take; nested ones by their path: `error.type`. */
  | { readonly as: 'json' | 'logfmt'; readonly fields: readonly string[] }
  /** Gives `host`, `program`, `pid` where there is one, and `message`; `time` as text. */
  | { readonly as: 'syslog' }
);

/** How a time is written. `iso`: with zone; `java`: `2026-11-21 18:04:05,123`; `syslog`: `Nov 21 18:04:05`; `http`: of access logs. */
export type TimeFormat = 'iso' | 'java' | 'syslog' | 'http' | 'unix';

/** Other values for some, `otherwise` for the rest; without it the rest stays. A key is a text, or a pattern in slashes: `/^5/`. */
export interface MapFields {
  readonly field: string;
  /** The same field when not given. */
  readonly to?: string;
  readonly values: Readonly<Record<string, string>>;
  readonly otherwise?: string;
}

export type FieldUnit =
  | 'seconds'
  | 'milliseconds'
  | 'microseconds'
  | 'nanoseconds'
  | 'bytes'
  | 'kibibytes'
  | 'mebibytes'
  | 'ratio'
  | 'percent';

/** What is written over: Chinese mobile numbers, identity card numbers, e-mail addresses, bank cards, tokens and passwords. */
export type SensitiveData = 'phone' | 'id-card' | 'email' | 'bank-card' | 'token';

export interface MetricFields {
  /** As Prometheus sees it: `nginx_requests_total`. */
  readonly metric: string;
  readonly help: string;
  /** Fields that become labels of the same name. */
  readonly labels?: readonly string[];
  readonly where?: FieldTest;
}

/** A counter: of records, or of what a field says, such as bytes. */
export type CountFields = MetricFields & { readonly sum?: string };

/** A histogram of a field. */
export type MeasureFields = MetricFields & { readonly field: string; readonly buckets: readonly number[] };

/** A condition on one record. A field that the record lacks meets none of them. */
export type FieldTest =
  | { readonly field: string; readonly is: string | number }
  | { readonly field: string; readonly in: readonly (string | number)[] }
  | { readonly field: string; readonly matches: string }
  | { readonly field: string; readonly above: number }
  | { readonly field: string; readonly below: number }
  | { readonly all: readonly FieldTest[] }
  | { readonly any: readonly FieldTest[] }
  | { readonly not: FieldTest };

type StepMakers = {
  readonly [Kind in StepKind]: (fields: StepFields[Kind]) => PipelineStep;
};

/**
 * The steps of a pipeline: `steps.parse({ as: 'regex', pattern: '...' })`. Each knows where it was written, so that what
 * is wrong with one is told there.
 */
export const steps: StepMakers = {
  join: (fields) => make('join', fields),
  parse: (fields) => make('parse', fields),
  time: (fields) => make('time', fields),
  drop: (fields) => make('drop', fields),
  keep: (fields) => make('keep', fields),
  rename: (fields) => make('rename', fields),
  set: (fields) => make('set', fields),
  map: (fields) => make('map', fields),
  convert: (fields) => make('convert', fields),
  redact: (fields) => make('redact', fields),
  sample: (fields) => make('sample', fields),
  remove: (fields) => make('remove', fields),
  count: (fields) => make('count', fields),
  measure: (fields) => make('measure', fields),
  gauge: (fields) => make('gauge', fields),
  ship: (fields) => make('ship', fields),
};

function make<Kind extends StepKind>(step: Kind, fields: StepFields[Kind]): PipelineStep {
  const source = callSite(steps[step] as (...parameters: never[]) => unknown);
  holdToShape(stepShapes[step], fields, `steps.${step}({...})`, source);
  // The fields are those of the kind, which a mapped union cannot be told.
  return { step, source, ...fields } as unknown as PipelineStep;
}
