import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type CollectionScript,
  describeSelection,
  parseDuration,
  type ScheduledScript,
  type ScriptOutput,
} from '../../model/index.ts';
import type { itemLabels, OperatedStack } from '../operated-stack.ts';
import { hostsOf } from './hosts.ts';
import { scriptDiagnostics } from './script-diagnostics.ts';

/** What is wrong with the scripts of a stack. One that several stacks schedule is looked into once. */
export function checkScripts(operated: OperatedStack, seen: Set<CollectionScript>): readonly Diagnostic[] {
  const { scripts } = operated.stack;
  return [
    ...scripts.flatMap((one, index) => checkPlace(operated, one, index)),
    ...findSharedOutputs(operated),
    ...scripts.flatMap(({ script }) => {
      if (seen.has(script)) return [];
      seen.add(script);
      return checkScript(script);
    }),
  ];
}

function checkPlace(operated: OperatedStack, scheduled: ScheduledScript, index: number): readonly Diagnostic[] {
  const { stack } = operated;
  const { script, selection, source } = scheduled;
  const facts = { script: script.id, stack: stack.name };
  const at = { position: source, subject: script.id };
  const first = stack.scripts.findIndex((one) => one.script.id === script.id);
  return [
    ...(first < index ? [scriptDiagnostics.create('scheduled-twice', facts, at)] : []),
    ...(stack.targets.includes('scripts') ? [] : [scriptDiagnostics.create('no-target', facts, at)]),
    ...(hostsOf(operated, scheduled).length > 0
      ? []
      : [scriptDiagnostics.create('nothing-selected', { ...facts, selection: describeSelection(selection) }, at)]),
  ];
}

/** node_exporter refuses all text files of a host when two of them have one series. */
function findSharedOutputs({ stack }: OperatedStack): readonly Diagnostic[] {
  const makers = Map.groupBy(
    stack.scripts.flatMap(({ script, source }) =>
      script.outputs.map(({ name }) => ({ name, script: script.id, source })),
    ),
    ({ name }) => name,
  );
  return [...makers].flatMap(([metric, made]) => {
    const scripts = [...new Set(made.map(({ script }) => script))];
    if (made.length < 2) return [];
    return [
      scriptDiagnostics.create(
        'output-twice',
        { metric, scripts },
        { position: made[1]?.source ?? stack.source, subject: metric },
      ),
    ];
  });
}

function checkScript(script: CollectionScript): readonly Diagnostic[] {
  const { id, interval, timeout, tests, outputs, user, source } = script;
  const at = { position: source, subject: id };
  const isTooLong = (parseDuration(timeout) ?? 0) >= (parseDuration(interval) ?? 0);
  return [
    ...(isTooLong ? [scriptDiagnostics.create('timeout-too-long', { script: id, timeout, interval }, at)] : []),
    ...(tests.length === 0 ? [scriptDiagnostics.create('not-tested', { script: id }, at)] : []),
    ...(user === 'root' ? [scriptDiagnostics.create('runs-as-root', { script: id }, at)] : []),
    ...outputs.flatMap((output) =>
      problemsOf(output).map((problem) =>
        scriptDiagnostics.create('output-misnamed', { script: id, metric: output.name, problem }, at),
      ),
    ),
  ];
}

function problemsOf({ name, type, unit, labels }: ScriptOutput): readonly string[] {
  const stem = name.replace(/_total$/, '');
  const taken = labels.filter((label) => ownLabels.includes(label));
  return [
    ...(type === 'counter' && stem === name ? ['a counter ends with _total'] : []),
    ...(type === 'gauge' && stem !== name ? ['only a counter ends with _total'] : []),
    ...(unit !== null && !stem.endsWith(`_${unit}`) ? [`its unit is ${unit}, which its name does not end with`] : []),
    ...(/^(node|go|process|promhttp)_/.test(name) ? ['it begins as what node_exporter itself shows'] : []),
    ...(taken.length > 0 ? [`${taken.join(', ')} is what Prometheus gives to the target`] : []),
  ];
}

// Whose values come from the inventory: in a script they would be renamed to `exported_...`.
const contract: readonly (keyof ReturnType<typeof itemLabels> & string)[] = [
  'item',
  'class',
  'tier',
  'site',
  'tenant',
  'team',
  'criticality',
];
const ownLabels: readonly string[] = [...contract, 'job', 'instance', 'severity', 'alertname'];
