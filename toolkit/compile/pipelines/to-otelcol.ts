import type { JsonObject, JsonValue, Pipeline, PipelineStep, Sink, StepOf } from '../../model/index.ts';
import { factorOf } from './convert.ts';
import { parsedFields } from './known-fields.ts';
import { labelName, labelsOf, type MetricStep } from './made-metrics.ts';
import {
  at,
  condition,
  decimal,
  extract,
  mapStatements,
  numberOf,
  portable,
  quoted,
  redactStatements,
  setStatement,
  timeStatement,
} from './ottl.ts';
import { numberPattern } from './parse-text.ts';
import type { SenderLabels } from './senders.ts';
import { readSourcePath } from './source-path.ts';
import { syslogPattern } from './syslog.ts';

type Parts = Record<string, JsonObject>;

/** Components of one pipeline, by their ids, and the pipelines of the service that join them. */
export interface OtelcolParts {
  readonly extensions: Parts;
  readonly receivers: Parts;
  readonly processors: Parts;
  readonly connectors: Parts;
  readonly exporters: Parts;
  readonly pipelines: Parts;
  /** Connectors that make metrics. */
  readonly metrics: readonly string[];
}

/**
 * A pipeline as components of the OpenTelemetry Collector (contrib). Every field is an attribute of the log record. A
 * step that makes metrics or ships is an exit of one pipeline of the service; what comes behind it is the next, joined by
 * a `forward` connector. Written by the readmes of filelogreceiver, transformprocessor, filterprocessor,
 * signaltometricsconnector and forwardconnector, and by that of OTTL's functions; checked with `otelcol validate` where it is on PATH.
 */
export function toOtelcol(pipeline: Pipeline, senders: SenderLabels, isRead: boolean): OtelcolParts {
  const writer: Writer = {
    pipeline,
    senders,
    extensions: {},
    receivers: {},
    processors: {},
    connectors: {},
    exporters: {},
    pipelines: {},
    metrics: [],
    segment: { name: `logs/${pipeline.id}`, receiver: '', processors: [] },
  };
  openSource(writer);
  for (const [index, step] of pipeline.steps.entries()) writeStep(writer, step, `${pipeline.id}.${index + 1}`);
  if (isRead) endSegment(writer, [endOf(pipeline.id)]);
  if (isRead) writer.connectors[endOf(pipeline.id)] = {};
  return writer;
}

/** The connector that another pipeline reads from. */
function endOf(id: string): string {
  return `forward/${id}.end`;
}

interface Writer extends OtelcolParts {
  readonly pipeline: Pipeline;
  readonly senders: SenderLabels;
  readonly metrics: string[];
  segment: { readonly name: string; readonly receiver: string; readonly processors: string[] };
}

function openSource(writer: Writer): void {
  const { pipeline } = writer;
  const source = readSourcePath(pipeline.from);
  if (pipeline.from.kind === 'pipeline') {
    writer.segment = { ...writer.segment, receiver: endOf(pipeline.from.id) };
    return;
  }
  const [first] = pipeline.steps;
  const receiver = `filelog/${pipeline.id}`;
  writer.receivers[receiver] = {
    include: [source?.glob ?? ''],
    include_file_path: true,
    start_at: 'end',
    // A pattern sees the line as it was written.
    preserve_leading_whitespaces: true,
    preserve_trailing_whitespaces: true,
    ...(first?.step === 'join' ? { multiline: { line_start_pattern: portable(first.startsWith) } } : {}),
  };
  writer.segment = { ...writer.segment, receiver };
  const path = 'log.attributes["log.file.path"]';
  const inPath = source === null || source.fields.length === 0 ? [] : [extract(path, source.pattern)];
  transform(writer, `${pipeline.id}.0`, [`set(${at('message')}, log.body)`, ...inPath]);
}

function writeStep(writer: Writer, step: PipelineStep, id: string): void {
  switch (step.step) {
    case 'join':
      filter(writer, id, [`not IsMatch(${at('message')}, ${quoted(step.startsWith)})`]);
      if (step.take === 'first-line')
        transform(writer, `${id}.first`, [extract(at('message'), '^(?P<message>[^\\n]*)')]);
      return;
    case 'parse':
      writeParse(writer, step, id);
      return;
    case 'time':
      transform(writer, id, [timeStatement(step.field, step.format)]);
      return;
    case 'drop':
      filter(writer, id, [condition(step.where)]);
      return;
    case 'keep':
      filter(writer, id, [`not (${condition(step.where)})`]);
      return;
    case 'rename':
      transform(writer, id, [
        `set(${at(step.to)}, ${at(step.field)}) where ${at(step.field)} != nil`,
        `delete_key(log.attributes, ${JSON.stringify(step.field)})`,
      ]);
      return;
    case 'set':
      transform(writer, id, [setStatement(step)]);
      return;
    case 'map':
      transform(writer, id, mapStatements(step));
      return;
    case 'convert':
      transform(writer, id, [
        `set(${at(step.field)}, ${numberOf(step.field)} * ${decimal(factorOf(step.from, step.to))})`,
      ]);
      return;
    case 'redact':
      transform(
        writer,
        id,
        step.fields.flatMap((field) => redactStatements(step, field)),
      );
      return;
    case 'sample': {
      const name = `probabilistic_sampler/${id}`;
      writer.processors[name] = {
        sampling_percentage: 100 / step.oneOf,
        attribute_source: 'record',
        from_attribute: 'message',
      };
      writer.segment.processors.push(name);
      return;
    }
    case 'remove':
      transform(
        writer,
        id,
        step.fields.map((field) => `delete_key(log.attributes, ${JSON.stringify(field)})`),
      );
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
  const text = at(step.field ?? 'message');
  const keep = step.otherwise === 'keep';
  if (step.as === 'json' || step.as === 'logfmt') {
    const fits = step.as === 'json' ? '^[ \\t]*[{]' : '[^ =]+=';
    if (!keep) filter(writer, `${id}.fit`, [`not IsMatch(${text}, ${quoted(fits)})`]);
    const parsed = step.as === 'json' ? `ParseJSON(${text})` : `ParseKeyValue(${text}, "=", " ")`;
    const nested = step.fields.filter((name) => name.includes('.'));
    transform(writer, id, [
      `merge_maps(log.attributes, ${parsed}, "upsert") where IsMatch(${text}, ${quoted(fits)})`,
      ...nested.map(
        (name) =>
          `set(${at(name)}, log.attributes${name
            .split('.')
            .map((part) => `[${JSON.stringify(part)}]`)
            .join('')})`,
      ),
    ]);
  } else {
    const pattern = step.as === 'regex' ? step.pattern : syslogPattern;
    if (!keep) filter(writer, `${id}.fit`, [`not IsMatch(${text}, ${quoted(pattern)})`]);
    transform(writer, id, [extract(text, pattern)]);
  }
  const numbers = parsedFields(step).filter(([name]) => writer.pipeline.schema?.[name]?.type === 'number');
  if (numbers.length > 0 && !keep)
    filter(
      writer,
      `${id}.numbers`,
      numbers.map(([name]) => `not IsMatch(String(${at(name)}), ${quoted(numberPattern)})`),
    );
}

function writeMetric(writer: Writer, step: MetricStep, id: string): void {
  const { pipeline } = writer;
  const labels = labelsOf(pipeline, step);
  const renamed = labels.filter((field) => labelName(pipeline, field) !== field);
  if (renamed.length > 0)
    transform(
      writer,
      `${id}.labels`,
      renamed.map((field) => `set(${at(labelName(pipeline, field))}, ${at(field)})`),
    );
  const connector = `signaltometrics/${id}`;
  const field = step.step === 'count' ? step.sum : step.field;
  const value = field === undefined ? '1' : numberOf(field);
  const attributes = labels.map((label) => ({ key: labelName(pipeline, label), default_value: '' }));
  writer.connectors[connector] = {
    logs: [
      {
        name: step.metric,
        description: step.help,
        ...(step.where === undefined ? {} : { conditions: [condition(step.where)] }),
        ...(attributes.length === 0 ? {} : { attributes }),
        ...kindOf(step, value),
      },
    ],
  };
  writer.metrics.push(connector);
  nextSegment(writer, [connector], id);
}

function kindOf(step: MetricStep, value: string): JsonObject {
  if (step.step === 'count') return { sum: { value } };
  if (step.step === 'gauge') return { gauge: { value } };
  return { histogram: { count: '1', value, buckets: [...step.buckets] } };
}

/** The branch of a shipment has a pipeline of its own, in which the item's labels come to the record. */
function writeShip(writer: Writer, step: StepOf<'ship'>, id: string): void {
  const { pipeline, senders } = writer;
  const sink = pipeline.sinks?.[step.to];
  if (sink === undefined) return;
  const branch = `forward/${id}.ship`;
  writer.connectors[branch] = {};
  nextSegment(writer, [branch], id);
  const before = writer.segment;
  writer.segment = { name: `logs/${id}.ship`, receiver: branch, processors: [] };
  if (step.where !== undefined) filter(writer, `${id}.where`, [`not (${condition(step.where)})`]);
  transform(writer, `${id}.item`, itemStatements(pipeline, senders));
  endSegment(writer, [exporterOf(writer, `${pipeline.id}.${step.to}`, sink)]);
  writer.segment = before;
}

function itemStatements({ sender }: Pipeline, { everything, bySender }: SenderLabels): readonly string[] {
  const setAll = (labels: Readonly<Record<string, string>>, where: string) =>
    Object.entries(labels).map(([label, value]) => `set(${at(label)}, ${JSON.stringify(value)})${where}`);
  if (sender === undefined) return setAll(everything ?? {}, '');
  return [...bySender].flatMap(([name, labels]) => setAll(labels, ` where ${at(sender)} == ${JSON.stringify(name)}`));
}

function exporterOf(writer: Writer, id: string, sink: Sink): string {
  switch (sink.kind) {
    case 'loki': {
      const name = `otlphttp/${id}`;
      const authenticator = `bearertokenauth/${id}`;
      if (sink.token !== undefined) writer.extensions[authenticator] = { token: { ...sink.token } as JsonValue };
      writer.exporters[name] = {
        endpoint: `${sink.url}/otlp`,
        ...(sink.token === undefined ? {} : { auth: { authenticator } }),
      };
      return name;
    }
    case 'elasticsearch': {
      const name = `elasticsearch/${id}`;
      const { user, password } = sink;
      const auth = user === undefined || password === undefined ? {} : { user, password: { ...password } as JsonValue };
      writer.exporters[name] = { endpoints: [sink.url], logs_index: sink.index, ...auth };
      return name;
    }
    case 'file':
      writer.exporters[`file/${id}`] = { path: sink.path };
      return `file/${id}`;
    default:
      return sink satisfies never;
  }
}

/** Ends a pipeline of the service and begins the next with what goes on, as far as there is a step behind. */
function nextSegment(writer: Writer, exporters: readonly string[], id: string): void {
  const { pipeline, segment } = writer;
  const forward = `forward/${id}`;
  const index = Number(id.slice(pipeline.id.length + 1));
  const isLast = index === pipeline.steps.length;
  if (!isLast) writer.connectors[forward] = {};
  writer.pipelines[segment.name] = serviceOf(segment, isLast ? exporters : [...exporters, forward]);
  writer.segment = { name: `logs/${id}`, receiver: isLast ? '' : forward, processors: [] };
}

function endSegment(writer: Writer, exporters: readonly string[]): void {
  const { segment } = writer;
  if (segment.receiver !== '') writer.pipelines[segment.name] = serviceOf(segment, exporters);
}

function serviceOf({ receiver, processors }: Writer['segment'], exporters: readonly string[]): JsonObject {
  return { receivers: [receiver], processors, exporters: [...exporters] };
}

function transform(writer: Writer, id: string, statements: readonly string[]): void {
  const name = `transform/${id}`;
  writer.processors[name] = { error_mode: 'ignore', log_statements: [{ context: 'log', statements: [...statements] }] };
  writer.segment.processors.push(name);
}

/** Records that meet any of the conditions are dropped. */
function filter(writer: Writer, id: string, conditions: readonly string[]): void {
  const name = `filter/${id}`;
  writer.processors[name] = { error_mode: 'ignore', logs: { log_record: [...conditions] } };
  writer.segment.processors.push(name);
}
