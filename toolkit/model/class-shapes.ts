import type { Attribute } from './attribute.ts';
import { bilingual, duration, source } from './declared-words.ts';
import type { AttributeConflict, ObjectClass } from './object-class.ts';
import {
  aFunction,
  anObject,
  anyText,
  anything,
  either,
  fieldsOf,
  listOf,
  made,
  matching,
  maybe,
  oneOf,
  recordOf,
  type Shape,
  someText,
  textOr,
  variants,
  yesOrNo,
} from './shape.ts';
import type { MetricFact, ReadFromOne, ReadFromSeveral, Reading, SignalMeaning } from './signal.ts';
import { signalUnits } from './signal.ts';
import type { ExporterSource, IpmiSource, JsonSource, ModbusSource, ProbeSource, SnmpSource } from './signal-source.ts';

const attribute = fieldsOf<Omit<Attribute, '__value'>>(
  {
    schema: anObject,
    required: yesOrNo,
    cell: oneOf(['text', 'integer', 'number', 'boolean', 'list']),
    doc: someText,
    default: maybe(anything),
  },
  'an attribute such as text("..."), port("...") or optional(flag("..."))',
);

const commonSource = { kind: anything, interval: duration, timeout: maybe(duration), when: maybe(aFunction) };
const collectedSource = { ...commonSource, exporter: someText, endpoint: aFunction, module: aFunction };
export const exporterScheme = oneOf(['http', 'https']);
export const metricsPath = matching('a path such as /metrics, with its query in params', /^\/[^?#\s]*$/);
const signalSource = variants(
  'kind',
  {
    exporter: fieldsOf<ExporterSource<never>>({
      ...commonSource,
      exporter: someText,
      path: maybe(orFunction(metricsPath)),
      params: maybe(recordOf(listOf(anyText))),
      scheme: maybe(orFunction(exporterScheme)),
      access: maybe(aFunction),
      insecureTls: maybe(yesOrNo),
      endpoint: aFunction,
      sharedBy: maybe(listOf(textOr(listOf(someText)))),
      shareOf: maybe(aFunction),
    }),
    probe: fieldsOf<ProbeSource<never>>({ ...commonSource, endpoint: aFunction, module: aFunction }),
    snmp: fieldsOf<SnmpSource<never>>({ ...collectedSource, access: aFunction }),
    modbus: fieldsOf<ModbusSource<never>>({ ...collectedSource, unit: aFunction }),
    ipmi: fieldsOf<IpmiSource<never>>(collectedSource),
    json: fieldsOf<JsonSource<never>>(collectedSource),
  },
  { expected: 'a source such as { kind: "exporter", ... }' },
);

const metricFact = fieldsOf<MetricFact>({
  name: someText,
  type: maybe(oneOf(['gauge', 'counter', 'histogram', 'summary'])),
  labels: maybe(listOf(someText)),
  since: maybe(someText),
  until: maybe(someText),
  collector: maybe(someText),
});

const readingFields = { expression: aFunction, metrics: listOf(textOr(metricFact)) };
const meaningFields = {
  title: bilingual,
  unit: oneOf(signalUnits),
  direction: oneOf(['high-is-bad', 'low-is-bad', 'state']),
  partLabels: maybe(listOf(someText)),
};

const signal = either(
  'readings',
  fieldsOf<SignalMeaning & Pick<ReadFromSeveral, 'readings'>>({
    ...meaningFields,
    readings: recordOf(fieldsOf<Reading>(readingFields)),
  }),
  fieldsOf<SignalMeaning & Omit<ReadFromOne, 'readings'>>({ ...meaningFields, ...readingFields, from: someText }),
);

export const classFields = {
  id: someText,
  title: bilingual,
  attributes: recordOf(attribute),
  sources: recordOf(signalSource),
  signals: recordOf(signal),
  tracesAt: maybe(aFunction),
  conflicts: maybe(
    listOf(fieldsOf<AttributeConflict>({ when: recordOf(anything), without: someText, because: someText })),
  ),
};

export const objectClass = made<ObjectClass>({ ...classFields, source }, 'a class made by defineClass({...})');

/** What every item has alike, or a function of its attributes, whose results are held when it is called. */
function orFunction(shape: Shape): Shape {
  return { kind: 'branch', choose: (given) => (typeof given === 'function' ? aFunction : shape) };
}
