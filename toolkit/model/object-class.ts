import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attributes, AttributeValues } from './attribute.ts';
import { callSite } from './call-site.ts';
import { catalogueShapes } from './declared-shapes.ts';
import { holdResult, holdToShape } from './hold-to-shape.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { someText } from './shape.ts';
import type { BilingualText } from './text.ts';

/**
 * A kind of configuration item and all that follows from being one: its attributes, where its measurements come from
 * (sources) and what they mean (signals). Alert packs and dashboards refer to the signals, never to metrics.
 */
export interface ObjectClass<Declared extends Attributes = Attributes, SignalName extends string = string> {
  readonly id: string;
  readonly title: BilingualText;
  readonly attributes: Declared;
  readonly sources: Readonly<Record<string, SignalSource>>;
  readonly signals: Readonly<Record<SignalName, Signal>>;
  /** Attributes that exclude each other, where each alone is right. */
  readonly conflicts?: readonly AttributeConflict[];
  readonly source: SourceSpan;
}

/** An attribute that an item must not have while others have these values. */
export interface AttributeConflict {
  readonly when: Readonly<Record<string, JsonValue>>;
  readonly without: string;
  /** One full sentence. */
  readonly because: string;
}

/** What measures an item. `exporter`: a program at the item itself; `probe`: the blackbox exporter asks from outside. */
export type SignalSource<Declared extends Attributes = Attributes> = ExporterSource<Declared> | ProbeSource<Declared>;

/** A program at the item, scraped by the Prometheus of the control point. */
export interface ExporterSource<Declared extends Attributes> {
  readonly kind: 'exporter';
  /** Program and versions that the signals were written for, such as `node_exporter >=1.3`. */
  readonly exporter: string;
  readonly interval: string;
  readonly path?: string;
  /** `host:port` that Prometheus scrapes. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
}

/** The blackbox exporter of the control point asks the item from outside. */
export interface ProbeSource<Declared extends Attributes> {
  readonly kind: 'probe';
  readonly interval: string;
  /** What is probed: a URL, or `host:port`. */
  readonly endpoint: (attributes: AttributeValues<Declared>) => string;
  /** The blackbox module it is probed with; equal names must mean equal settings. */
  readonly module: (attributes: AttributeValues<Declared>) => { readonly name: string; readonly settings: JsonObject };
}

/** Makes a selector of one metric, restricted to the items of the class: `series('node_load1', 'job="x"')`. */
export type SeriesSelector = (metric: string, matchers?: string) => string;

/** One measurement with one meaning. Its expression keeps the target's labels, so that an alert knows its item. */
export interface Signal {
  readonly title: BilingualText;
  /** What one unit of the value is; decides how values are written for people. */
  readonly unit: SignalUnit;
  /** Which way is trouble. */
  readonly direction: 'high-is-bad' | 'low-is-bad' | 'state';
  /** Name of the class source it is read from, and the PromQL that reads it. */
  readonly from: string;
  readonly expression: (series: SeriesSelector) => string;
  /** Metric names that the expression needs; a test scrapes the real exporter for them. */
  readonly metrics: readonly string[];
  /** Labels, besides the item's own, that tell parts of one item apart, such as `mountpoint`. */
  readonly partLabels?: readonly string[];
}

/** Units that values are written in for people. */
export type SignalUnit =
  | 'ratio'
  | 'seconds'
  | 'bytes'
  | 'bytes-per-second'
  | 'per-second'
  | 'count'
  | 'boolean'
  | 'days';

/** What is said of one class in `defineClass`: its sources know the types of its attributes. */
export interface ClassDeclaration<Declared extends Attributes, SignalName extends string>
  extends Omit<ObjectClass<Declared, SignalName>, 'source' | 'sources'> {
  readonly sources: Readonly<Record<string, SignalSource<Declared>>>;
}

/** Declares a class. The alert packs and dashboards of the class are declared beside it, by reference to it. */
export function defineClass<const Declared extends Attributes, SignalName extends string>(
  declaration: ClassDeclaration<Declared, SignalName>,
): ObjectClass<Declared, SignalName> {
  const source = callSite(defineClass);
  holdToShape(catalogueShapes.class, declaration, 'defineClass({...})', source);
  const signals = mapEntries<Signal>(declaration.signals, (signal, key) => ({
    ...signal,
    expression: holdResult(signal.expression, someText, `signals.${key}.expression(...) of ${declaration.id}`, source),
  })) as ObjectClass<Declared, SignalName>['signals'];
  // Called with attributes that were checked against the class, and with no others; so any class fits a catalogue.
  const declared = declaration.sources as unknown as ObjectClass['sources'];
  const sources = mapEntries(declared, (from, key) => holdSource(from, { id: declaration.id, key, source }));
  return { ...declaration, signals, sources, source };
}

interface PlaceOfSource {
  /** Of the class. */
  readonly id: string;
  readonly key: string;
  readonly source: SourceSpan;
}

/** What the author's functions give is as much a part of the declaration, and is seen only when they are called. */
function holdSource(from: SignalSource, { id, key, source }: PlaceOfSource): SignalSource {
  const endpoint = holdResult(from.endpoint, someText, `sources.${key}.endpoint(...) of ${id}`, source);
  if (from.kind === 'exporter') return { ...from, endpoint };
  const module = holdResult(from.module, catalogueShapes.module, `sources.${key}.module(...) of ${id}`, source);
  return { ...from, endpoint, module };
}

function mapEntries<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
