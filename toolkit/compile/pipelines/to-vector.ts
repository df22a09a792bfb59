import type { JsonObject, JsonValue, Pipeline, PipelineStep, Sink, StepOf } from '../../model/index.ts';
import { factorOf } from './convert.ts';
import { parsedFields } from './known-fields.ts';
import { isMetricStep, labelName, labelsOf, type MetricStep } from './made-metrics.ts';
import type { SenderLabels } from './senders.ts';
import { readSourcePath } from './source-path.ts';
import {
  at,
  condition,
  decimal,
  guarded,
  isNumber,
  mapSource,
  numberOf,
  parseCall,
  portable,
  redactSource,
  regex,
  setSource,
  taken,
  timeSource,
} from './vrl.ts';

/** Components of one pipeline, by their ids. */
export interface VectorParts {
  readonly sources: Record<string, JsonObject>;
  readonly transforms: Record<string, JsonObject>;
  readonly sinks: Record<string, JsonObject>;
  /** Components that make metrics. */
  readonly metrics: readonly string[];
}

/**
 * A pipeline as components of Vector, one or two for each step: the language of `remap` (VRL) refuses to handle an error
 * that it knows cannot happen, and between components it knows nothing. Written by Vector's reference of the `file`
 * source, the transforms `remap`, `filter`, `sample` and `log_to_metric`, and of VRL's functions; checked with
 * `vector validate` where it is on PATH.
 */
export function toVector(pipeline: Pipeline, senders: SenderLabels, isRead: boolean): VectorParts {
  const writer: Writer = { pipeline, senders, sources: {}, transforms: {}, sinks: {}, metrics: [], last: '' };
  openSource(writer);
  for (const [index, step] of pipeline.steps.entries())
    writeStep(writer, step, `${pipeline.id}.${index + 1}_${step.step}`);
  if (isRead) writer.transforms[endOf(pipeline.id)] = remap(writer.last, '.');
  return writer;
}

/** The component that another pipeline reads from. */
function endOf(id: string): string {
  return `${id}.end`;
}

interface Writer extends VectorParts {
  readonly pipeline: Pipeline;
  readonly senders: SenderLabels;
  readonly metrics: string[];
  /** The component that the next one reads. */
  last: string;
}

function openSource(writer: Writer): void {
  const { pipeline } = writer;
  if (pipeline.from.kind === 'pipeline') {
    writer.last = endOf(pipeline.from.id);
    return;
  }
  const source = readSourcePath(pipeline.from);
  const [first] = pipeline.steps;
  const multiline = first?.step === 'join' ? { multiline: multilineOf(first) } : {};
  writer.sources[pipeline.id] = { type: 'file', include: [source?.glob ?? ''], read_from: 'end', ...multiline };
  writer.last = pipeline.id;
  if (source === null || source.fields.length === 0) return;
  add(
    writer,
    `${pipeline.id}.path`,
    remap('', `parsed = parse_regex!(string!(.file), ${regex(source.pattern)})\n. = merge(., parsed)`),
  );
}

function multilineOf({ startsWith }: StepOf<'join'>): JsonObject {
  const pattern = portable(startsWith);
  return { start_pattern: pattern, mode: 'halt_before', condition_pattern: pattern, timeout_ms: 1000 };
}

function writeStep(writer: Writer, step: PipelineStep, id: string): void {
  switch (step.step) {
    case 'join': {
      // What comes before the first record is passed on line by line.
      add(writer, id, filter(`match(to_string(.message) ?? "", ${regex(step.startsWith)})`));
      if (step.take === 'first-line')
        add(writer, `${id}_first`, remap('', '.message = get(split(to_string(.message) ?? "", "\\n"), [0]) ?? ""'));
      return;
    }
    case 'parse':
      writeParse(writer, step, id);
      return;
    case 'time':
      add(writer, id, remap('', timeSource(step.field, step.format)));
      return;
    case 'drop':
      add(writer, id, filter(`!(${condition(step.where)})`));
      return;
    case 'keep':
      add(writer, id, filter(condition(step.where)));
      return;
    case 'rename':
      add(writer, id, remap('', guarded(step.field, `${at(step.to)} = del(${at(step.field)})`)));
      return;
    case 'set':
      add(writer, id, remap('', setSource(step)));
      return;
    case 'map':
      add(writer, id, remap('', mapSource(step)));
      return;
    case 'convert':
      add(
        writer,
        id,
        remap('', `${at(step.field)} = ${numberOf(step.field)} * ${decimal(factorOf(step.from, step.to))}`),
      );
      return;
    case 'redact':
      add(writer, id, remap('', step.fields.map((field) => redactSource(step, field)).join('\n')));
      return;
    case 'sample': {
      const exclude = step.unless === undefined ? {} : { exclude: condition(step.unless) };
      add(writer, id, { type: 'sample', inputs: [], rate: step.oneOf, ...exclude });
      return;
    }
    case 'remove':
      add(writer, id, remap('', step.fields.map((field) => `del(${at(field)})`).join('\n')));
      return;
    case 'count':
    case 'measure':
    case 'gauge':
      writeMetric(writer, step, id);
      return;
    case 'ship':
      writeShip(writer, step, id);
      return;
    default:
      step satisfies never;
  }
}

function writeParse(writer: Writer, step: StepOf<'parse'>, id: string): void {
  const text = `to_string(${at(step.field ?? 'message')}) ?? ""`;
  const call = parseCall(step, text);
  const keep = step.otherwise === 'keep';
  const merged = step.as === 'json' || step.as === 'logfmt' ? taken(step.fields) : '. = merge(., parsed)';
  add(
    writer,
    id,
    remap(
      '',
      keep
        ? `parsed, err = ${call}\nif err == null {\n${merged}\n}`
        : `parsed, err = ${call}\nif err != null { abort }\n${merged}`,
    ),
  );
  // A group that took no part is null to Vector, and empty to all others.
  if (step.as === 'regex' || step.as === 'syslog')
    add(writer, `${id}_texts`, remap('', '. = map_values(.) -> |value| { if is_null(value) { "" } else { value } }'));
  const numbers = parsedFields(step).filter(([name]) => writer.pipeline.schema?.[name]?.type === 'number');
  if (numbers.length > 0 && !keep)
    add(writer, `${id}_numbers`, filter(numbers.map(([name]) => isNumber(name)).join(' && ')));
}

/** A branch: records go on past it. */
function writeMetric(writer: Writer, step: MetricStep, id: string): void {
  const { pipeline, last } = writer;
  let input = last;
  if (step.where !== undefined) {
    writer.transforms[`${id}_where`] = { ...filter(condition(step.where)), inputs: [input] };
    input = `${id}_where`;
  }
  const field = step.step === 'count' ? step.sum : step.field;
  const labels = labelsOf(pipeline, step);
  const lines = [
    `.opsctl_value = ${field === undefined ? '1.0' : numberOf(field)}`,
    ...labels.map((label) => `.opsctl_labels.${labelName(pipeline, label)} = to_string(${at(label)}) ?? ""`),
  ];
  writer.transforms[`${id}_value`] = remap(input, lines.join('\n'));
  const tags = labels.map((label) => labelName(pipeline, label)).map((name) => [name, `{{ opsctl_labels.${name} }}`]);
  const kinds = { count: 'counter', measure: 'histogram', gauge: 'gauge' };
  const metric = {
    type: kinds[step.step],
    field: 'opsctl_value',
    name: step.metric,
    ...(step.step === 'count' ? { increment_by_value: true } : {}),
    ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
  };
  writer.transforms[id] = { type: 'log_to_metric', inputs: [`${id}_value`], metrics: [metric] };
  writer.metrics.push(id);
}

/** A branch too: the record with the labels of its item, to the sink. */
function writeShip(writer: Writer, step: StepOf<'ship'>, id: string): void {
  const { pipeline, senders, last } = writer;
  let input = last;
  if (step.where !== undefined) {
    writer.transforms[`${id}_where`] = { ...filter(condition(step.where)), inputs: [input] };
    input = `${id}_where`;
  }
  writer.transforms[id] = remap(input, itemSource(pipeline, senders));
  const sink = pipeline.sinks?.[step.to];
  if (sink !== undefined) writer.sinks[`${pipeline.id}.${step.to}`] = { ...sinkOf(sink), inputs: [id] };
}

function itemSource({ sender }: Pipeline, { everything, bySender }: SenderLabels): string {
  if (sender === undefined) return `. = merge(., ${JSON.stringify(everything ?? {})})`;
  return [
    `items = ${JSON.stringify(Object.fromEntries(bySender))}`,
    `found = get(items, [to_string(${at(sender)}) ?? ""]) ?? null`,
    'if is_object(found) { . = merge(., object!(found)) }',
  ].join('\n');
}

function sinkOf(sink: Sink): JsonObject {
  switch (sink.kind) {
    case 'loki': {
      const auth =
        sink.token === undefined ? {} : { auth: { strategy: 'bearer', token: { ...sink.token } as JsonValue } };
      const labels = Object.fromEntries(sink.labels.map((label) => [label.replaceAll('.', '_'), `{{ ${label} }}`]));
      return { type: 'loki', endpoint: sink.url, labels, encoding: { codec: 'json' }, ...auth };
    }
    case 'elasticsearch': {
      const { user, password } = sink;
      const auth =
        user === undefined || password === undefined
          ? {}
          : { auth: { strategy: 'basic', user, password: { ...password } as JsonValue } };
      return { type: 'elasticsearch', endpoints: [sink.url], bulk: { index: sink.index }, ...auth };
    }
    case 'file':
      return { type: 'file', path: sink.path, encoding: { codec: 'json' } };
    default:
      return sink satisfies never;
  }
}

function add(writer: Writer, id: string, component: JsonObject): void {
  writer.transforms[id] = { ...component, inputs: [writer.last] };
  writer.last = id;
}

function remap(input: string, source: string): JsonObject {
  return { type: 'remap', inputs: [input], drop_on_abort: true, drop_on_error: true, source };
}

function filter(source: string): JsonObject {
  return { type: 'filter', inputs: [], condition: source };
}

/** Upper bounds of all histograms: Vector has one list for all that one address shows. */
export function vectorBuckets(pipelines: readonly Pipeline[]): readonly number[] {
  const bounds = pipelines.flatMap(({ steps }) =>
    steps.filter(isMetricStep).flatMap((step) => (step.step === 'measure' ? step.buckets : [])),
  );
  return [...new Set(bounds)].sort((left, right) => left - right);
}
