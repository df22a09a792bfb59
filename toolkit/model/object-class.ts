import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attributes, AttributeValues } from './attribute.ts';
import { callSite } from './call-site.ts';
import { catalogueShapes } from './catalogue-shapes.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdResult, holdToShape } from './hold-to-shape.ts';
import type { JsonValue } from './json.ts';
import { finiteNumber, type Shape, someText, yesOrNo } from './shape.ts';
import { type Reading, readingsOf, type Signal } from './signal.ts';
import type { SignalSource } from './signal-source.ts';
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
  /** Where people look traces up that an item keeps: panels of times and errors lead there. */
  readonly tracesAt?: (attributes: AttributeValues<Attributes>) => string | undefined;
  readonly source: SourceSpan;
}

/** An attribute that an item must not have while others have these values. */
export interface AttributeConflict {
  readonly when: Readonly<Record<string, JsonValue>>;
  readonly without: string;
  /** One full sentence. */
  readonly because: string;
}

/** What is said of one class in `defineClass`: its sources know the types of its attributes. */
export interface ClassDeclaration<Declared extends Attributes, SignalName extends string>
  extends Omit<ObjectClass<Declared, SignalName>, 'source' | 'sources' | 'tracesAt'> {
  readonly sources: Readonly<Record<string, SignalSource<Declared>>>;
  readonly tracesAt?: (attributes: AttributeValues<Declared>) => string | undefined;
}

/** Declares a class. The alert packs and dashboards of the class are declared beside it, by reference to it. */
export function defineClass<const Declared extends Attributes, SignalName extends string>(
  declaration: ClassDeclaration<Declared, SignalName>,
): ObjectClass<Declared, SignalName> {
  const source = callSite(defineClass);
  holdToShape(catalogueShapes.class, declaration, 'defineClass({...})', source);
  const signals = mapEntries<Signal>(declaration.signals, (signal, key) =>
    holdSignal(signal, `signals.${key}`, { id: declaration.id, source }),
  ) as ObjectClass<Declared, SignalName>['signals'];
  // Called with attributes that were checked against the class, and with no others; so any class fits a catalogue.
  const declared = declaration.sources as unknown as ObjectClass['sources'];
  const sources = mapEntries(declared, (from, key) =>
    holdSource(from, `sources.${key}`, { id: declaration.id, source }),
  );
  const { tracesAt: page, ...rest } = declaration;
  const tracesAt = page as unknown as NonNullable<ObjectClass['tracesAt']> | undefined;
  return deepFreeze({ ...rest, signals, sources, ...(tracesAt === undefined ? {} : { tracesAt }), source });
}

interface PlaceOfClass {
  readonly id: string;
  readonly source: SourceSpan;
}

function holdSignal(signal: Signal, path: string, place: PlaceOfClass): Signal {
  const hold = (reading: Reading, at: string): Reading => ({
    ...reading,
    expression: holdResult(reading.expression, someText, `${at}.expression(...) of ${place.id}`, place.source),
  });
  if (signal.readings === undefined) return { ...signal, ...hold(signal, path) };
  const held = mapEntries(readingsOf(signal), (reading, key) => hold(reading, `${path}.readings.${key}`));
  return { ...signal, readings: held };
}

/** What the author's functions give is as much a part of the declaration, and is seen only when they are called. */
function holdSource(from: SignalSource, path: string, { id, source }: PlaceOfClass): SignalSource {
  const held = Object.entries(sourceResults[from.kind]).flatMap(([name, shape]) => {
    const author = (from as unknown as Readonly<Record<string, unknown>>)[name];
    if (typeof author !== 'function') return [];
    return [[name, holdResult(author as () => unknown, shape, `${path}.${name}(...) of ${id}`, source)] as const];
  });
  return { ...from, ...(Object.fromEntries(held) as object) };
}

/** What the functions of a source must give, by the kind of the source. */
const sourceResults: Readonly<Record<SignalSource['kind'], Readonly<Record<string, Shape>>>> = {
  exporter: {
    when: yesOrNo,
    endpoint: someText,
    shareOf: someText,
    path: catalogueShapes.metricsPath,
    scheme: catalogueShapes.exporterScheme,
    access: catalogueShapes.exporterAccess,
  },
  probe: { when: yesOrNo, endpoint: someText, module: catalogueShapes.module },
  snmp: {
    when: yesOrNo,
    endpoint: someText,
    module: catalogueShapes.snmpModule,
    access: catalogueShapes.snmpAccess,
  },
  modbus: { when: yesOrNo, endpoint: someText, module: catalogueShapes.modbusModule, unit: finiteNumber },
  ipmi: { when: yesOrNo, endpoint: someText, module: catalogueShapes.ipmiModule },
  json: { when: yesOrNo, endpoint: someText, module: catalogueShapes.module },
};

function mapEntries<Value>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, key: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
