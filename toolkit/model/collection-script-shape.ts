import type { CollectionScriptDeclaration, ScriptOutput, ScriptTest } from './collection-script.ts';
import { parseDuration } from './duration.ts';
import {
  anyText,
  type FieldsShape,
  fieldsOf,
  listOf,
  made,
  matching,
  maybe,
  oneOf,
  type Shape,
  someText,
  type ValueShape,
  value,
} from './shape.ts';

const title: Shape = fieldsOf<{ en: string; zh: string }>(
  { en: someText, zh: someText },
  'a text in two languages: { en, zh }',
);
const duration: ValueShape = value(
  'a duration of at least a second, such as 30s or 5m',
  (given) => typeof given === 'string' && (parseDuration(given) ?? 0) >= 1000,
);
const words = matching('lower-case words with dashes', /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
const metricName = matching('a name of a metric, such as raid_degraded', /^[a-z][a-z0-9_]*$/);
const labelName = matching('a name of a label', /^[a-z][a-zA-Z0-9_]*$/);
const userName = matching('a name of a user', /^[a-z_][a-z0-9_-]{0,30}$/);
// Fixtures are written below a folder of their own.
const isInside = (path: string): boolean => !path.startsWith('/') && !path.split('/').includes('..');
const files = value(
  'texts by their paths below $OPSCTL_ROOT, none of which begins with / or goes up',
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    Object.entries(given).every(([path, text]) => path !== '' && isInside(path) && typeof text === 'string'),
);
const programs = value(
  'what programs print, by their names: { mdadm: { prints: "..." } }',
  (given) =>
    typeof given === 'object' &&
    given !== null &&
    Object.entries(given).every(([name, told]) => /^[\w.-]+$/.test(name) && isProgram(told)),
);
const samples = value(
  "numbers by sample, such as { 'raid_degraded{device=\"md0\"}': 1 }, or 'failure'",
  (given) =>
    given === 'failure' ||
    (typeof given === 'object' && given !== null && Object.values(given).every((one) => typeof one === 'number')),
);

function isProgram(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || !('prints' in told) || typeof told.prints !== 'string') return false;
  return !('exits' in told) || Number.isInteger(told.exits);
}

const output = fieldsOf<ScriptOutput>({
  name: metricName,
  type: oneOf(['gauge', 'counter']),
  unit: value('seconds, bytes, celsius, ratio, volts, amperes, watts or null', (given) =>
    [null, 'seconds', 'bytes', 'celsius', 'ratio', 'volts', 'amperes', 'watts'].includes(given as null),
  ),
  help: matching('one line of text', /^[^\n\\]+$/),
  labels: listOf(labelName),
});
const test = fieldsOf<ScriptTest>({ name: someText, files: maybe(files), programs: maybe(programs), expect: samples });

const fields = {
  id: words,
  title,
  interpreter: oneOf(['sh', 'bash', 'python3', 'perl']),
  script: anyText,
  interval: duration,
  timeout: duration,
  user: maybe(userName),
  outputs: listOf(output),
  tests: listOf(test),
};

export const scriptShape: FieldsShape = fieldsOf<CollectionScriptDeclaration>(fields);
/** As the call gives it back. */
export const madeScriptShape: FieldsShape = made<CollectionScriptDeclaration & { kind: string; source: unknown }>(
  {
    ...fields,
    kind: oneOf(['collection-script']),
    source: value('a place', (given) => typeof given === 'object' && given !== null),
  },
  'a script made by defineCollectionScript({...})',
);
