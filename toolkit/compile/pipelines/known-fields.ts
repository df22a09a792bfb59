import { countOf, literalsOf, readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldUnit, Pipeline, PipelineStep, StepOf } from '../../model/index.ts';
import { readSourcePath } from './source-path.ts';
import { syslogPattern } from './syslog.ts';

/** What is known of a field at one place of a pipeline. */
export interface KnownField {
  readonly type: 'text' | 'number';
  readonly unit: FieldUnit | null;
  /** How many different values it has at most; null: nobody knows. */
  readonly atMost: number | null;
}

export type KnownFields = ReadonlyMap<string, KnownField>;

/** One step with the fields that it finds. */
export interface PlacedStep {
  readonly step: PipelineStep;
  readonly before: KnownFields;
}

export interface FieldFlow {
  readonly steps: readonly PlacedStep[];
  readonly atEnd: KnownFields;
}

/** What is known of the fields before each step. `upstream`: what a pipeline gets whose source is another. */
export function followFields(pipeline: Pipeline, upstream: KnownFields | null): FieldFlow {
  let fields = fieldsAtStart(pipeline, upstream);
  const placed = pipeline.steps.map((step): PlacedStep => {
    const before = fields;
    fields = fieldsAfter(pipeline, step, before);
    return { step, before };
  });
  return { steps: placed, atEnd: fields };
}

const text: KnownField = { type: 'text', unit: null, atMost: null };

function fieldsAtStart(pipeline: Pipeline, upstream: KnownFields | null): KnownFields {
  if (upstream !== null) return upstream;
  if (pipeline.from.kind === 'metrics') {
    // Labels are those that the exporter has; which these are is not known here.
    return new Map(Object.keys(pipeline.schema ?? {}).map((name) => [name, declared(pipeline, name)]));
  }
  const inPath = readSourcePath(pipeline.from)?.fields ?? [];
  return new Map([['message', text], ...inPath.map((name) => [name, declared(pipeline, name)] as const)]);
}

/** A sender is one of the items, so there are as many as those. */
function declared({ schema = {}, sender }: Pipeline, name: string): KnownField {
  const { type = 'text', unit = null, values, atMost } = schema[name] ?? {};
  const known = values?.length ?? atMost ?? null;
  return { type, unit, atMost: name === sender ? 0 : known };
}

function fieldsAfter(pipeline: Pipeline, step: PipelineStep, before: KnownFields): KnownFields {
  const after = new Map(before);
  const add = (name: string, field: Partial<KnownField> = {}) => {
    const own = declared(pipeline, name);
    after.set(name, { ...own, ...field, atMost: own.atMost ?? field.atMost ?? null });
  };
  switch (step.step) {
    case 'parse':
      for (const [name, atMost] of parsedFields(step)) add(name, { atMost });
      break;
    case 'rename': {
      const known = before.get(step.field) ?? text;
      after.delete(step.field);
      add(step.to, known);
      break;
    }
    case 'set': {
      const from = typeof step.to === 'object' ? (before.get(step.to.field) ?? text) : null;
      const type = typeof step.to === 'number' ? 'number' : 'text';
      add(step.field, from ?? { type, atMost: 1 });
      break;
    }
    case 'map':
      add(step.to ?? step.field, { type: 'text', unit: null, atMost: mappedCount(step, before) });
      break;
    case 'convert':
      add(step.field, { type: 'number', unit: step.to, atMost: null });
      break;
    case 'remove':
      for (const name of step.fields) after.delete(name);
      break;
    default:
      break;
  }
  return after;
}

/** Names with how many values they have at most. A pattern that is not one gives none; that is told elsewhere. */
export function parsedFields(step: StepOf<'parse'>): readonly (readonly [string, number | null])[] {
  if (step.as === 'json' || step.as === 'logfmt') return step.fields.map((name) => [name, null] as const);
  const read = readLinePattern(step.as === 'regex' ? step.pattern : syslogPattern);
  if (read.kind === 'invalid') return [];
  return read.pattern.groups.map((group) => [group.name, literalsOf(group)?.length ?? countOf(group)] as const);
}

function mappedCount({ field, values, otherwise }: StepOf<'map'>, before: KnownFields): number | null {
  const mapped = new Set(Object.values(values)).size;
  if (otherwise !== undefined) return mapped + 1;
  const known = before.get(field)?.atMost ?? null;
  return known === null ? null : known + mapped;
}
