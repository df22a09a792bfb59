import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldTest, Pipeline, StepOf } from '../../model/index.ts';
import { factorOf } from './convert.ts';
import { MetricStore } from './metric-store.ts';
import { type FieldRecord, isNumber, parseText } from './parse-text.ts';
import { writeOver } from './redaction.ts';
import { readSourcePath } from './source-path.ts';
import { slashed } from './step-reads.ts';

export interface Evaluated {
  /** Values by series, `http_requests_total{status="5xx"}`; those of zero are left out. */
  readonly metrics: ReadonlyMap<string, number>;
  /** Records by sink, in order. */
  readonly shipped: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
}

/**
 * What a pipeline makes of lines, by the meaning that its steps have: what the programs have to agree with. mtail is held
 * against it in every run of `opsctl test`, and so are Vector and the collector where they are on PATH.
 */
export function evaluatePipeline(pipeline: Pipeline, lines: readonly string[], path: string | null): Evaluated {
  const run: Run = { pipeline, metrics: new MetricStore(pipeline), shipped: {}, sampled: new Map() };
  const [first] = pipeline.steps;
  const joined = first?.step === 'join' ? joinLines(lines, first) : lines;
  for (const line of joined) {
    const record = firstRecord(pipeline, line, path);
    if (record !== null) runSteps(run, record);
  }
  return { metrics: run.metrics.values(), shipped: run.shipped };
}

interface Run {
  readonly pipeline: Pipeline;
  readonly metrics: MetricStore;
  readonly shipped: Record<string, FieldRecord[]>;
  /** How many records each step of sampling has seen. */
  readonly sampled: Map<StepOf<'sample'>, number>;
}

function joinLines(lines: readonly string[], { startsWith, take }: StepOf<'join'>): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (matches(startsWith, line)) joined.push(line);
    // What comes before the first record belongs to one that nobody has seen.
    else if (last !== undefined && take === 'all') joined[joined.length - 1] = `${last}\n${line}`;
  }
  return joined;
}

function firstRecord({ from }: Pipeline, line: string, path: string | null): FieldRecord | null {
  const source = readSourcePath(from);
  if (source === null || source.fields.length === 0) return { message: line };
  const read = readLinePattern(source.pattern);
  const match = read.kind === 'pattern' && path !== null ? read.pattern.expression.exec(path) : null;
  return match === null ? null : { message: line, ...match.groups };
}

/** A step gives the record as it goes on, or null where it ends. */
function runSteps(run: Run, first: FieldRecord): void {
  let record: FieldRecord | null = first;
  for (const step of run.pipeline.steps) {
    record = runStep(run, step, record);
    if (record === null) return;
  }
}

function runStep(run: Run, step: Pipeline['steps'][number], record: FieldRecord): FieldRecord | null {
  switch (step.step) {
    case 'join':
    case 'time':
      return record;
    case 'parse':
      return parse(run.pipeline, step, record);
    case 'drop':
      return holds(step.where, record) ? null : record;
    case 'keep':
      return holds(step.where, record) ? record : null;
    case 'rename': {
      const { [step.field]: value, ...others } = record;
      return value === undefined ? record : { ...others, [step.to]: value };
    }
    case 'set': {
      const value = typeof step.to === 'object' ? record[step.to.field] : step.to;
      return value === undefined ? record : { ...record, [step.field]: value };
    }
    case 'map':
      return map(step, record);
    case 'convert': {
      const value = Number(record[step.field]);
      return Number.isNaN(value) ? record : { ...record, [step.field]: value * factorOf(step.from, step.to) };
    }
    case 'redact':
      return writeOver(step, record);
    case 'sample':
      return sample(run, step, record);
    case 'remove':
      return Object.fromEntries(Object.entries(record).filter(([name]) => !step.fields.includes(name)));
    case 'count':
    case 'measure':
    case 'gauge':
      if (step.where === undefined || holds(step.where, record)) run.metrics.add(step, record);
      return record;
    case 'ship':
      if (step.where === undefined || holds(step.where, record)) ship(run, step.to, record);
      return record;
    default:
      return step satisfies never;
  }
}

function ship({ shipped }: Run, sink: string, record: FieldRecord): void {
  const records = shipped[sink] ?? [];
  shipped[sink] = [...records, record];
}

function parse({ schema = {} }: Pipeline, step: StepOf<'parse'>, record: FieldRecord): FieldRecord | null {
  const text = record[step.field ?? 'message'];
  const taken = text === undefined ? null : parseText(step, String(text));
  const isFit =
    taken !== null &&
    Object.entries(taken).every(([name, value]) => schema[name]?.type !== 'number' || isNumber(value));
  if (isFit) return { ...record, ...taken };
  return step.otherwise === 'keep' ? record : null;
}

function map({ field, to = field, values, otherwise }: StepOf<'map'>, record: FieldRecord): FieldRecord {
  const value = record[field];
  if (value === undefined) return record;
  // The last key that fits counts, as it does where one assignment follows the other.
  const key = Object.keys(values).findLast((one) => {
    const pattern = slashed(one);
    return pattern === null ? one === String(value) : matches(pattern, String(value));
  });
  return { ...record, [to]: key === undefined ? (otherwise ?? value) : (values[key] ?? value) };
}

/** The first of each so many; the programs choose by chance or by hash, one in so many all the same. */
function sample(run: Run, step: StepOf<'sample'>, record: FieldRecord): FieldRecord | null {
  if (step.unless !== undefined && holds(step.unless, record)) return record;
  const seen = run.sampled.get(step) ?? 0;
  run.sampled.set(step, seen + 1);
  return seen % step.oneOf === 0 ? record : null;
}

function holds(test: FieldTest, record: FieldRecord): boolean {
  if ('all' in test) return test.all.every((one) => holds(one, record));
  if ('any' in test) return test.any.some((one) => holds(one, record));
  if ('not' in test) return !holds(test.not, record);
  const value = record[test.field];
  if (value === undefined) return false;
  if ('is' in test) return isEqual(value, test.is);
  if ('in' in test) return test.in.some((one) => isEqual(value, one));
  if ('matches' in test) return matches(test.matches, String(value));
  const number = Number(value);
  return 'above' in test ? number > test.above : number < test.below;
}

function isEqual(value: string | number, wanted: string | number): boolean {
  return typeof wanted === 'number' ? Number(value) === wanted : String(value) === wanted;
}

function matches(pattern: string, text: string): boolean {
  const read = readLinePattern(pattern);
  return read.kind === 'pattern' && read.pattern.expression.test(text);
}
