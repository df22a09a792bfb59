import type { Diagnostic } from '../../diagnostics/index.ts';
import { parseAlertmanager } from '../../languages/alert-routing/parse-alertmanager.ts';
import {
  addressFields,
  boundTargets,
  type IncludedContent,
  isJsonObject,
  type JsonObject,
  type Resource,
  type Routing,
} from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { inclusionDiagnostics } from './diagnostics.ts';
import { type IncludedBy, inclusionsOf } from './included-by.ts';
import { namesIn } from './routing.ts';

/** Whether what a stack includes has a system to run in, and names of its own. */
export function checkIncluded(operated: OperatedStack, derived: readonly Resource[]): readonly Diagnostic[] {
  return [...checkTargets(operated), ...checkAddresses(operated, derived), ...checkRouting(operated, derived)];
}

const kinds = {
  'rule-group': { type: 'prometheus-rules', target: 'prometheus' },
  'grafana-dashboard': { type: 'grafana-dashboard', target: 'grafana' },
  routing: { type: 'alertmanager-config', target: 'alertmanager' },
  'kubernetes-object': { type: 'kubernetes-object', target: 'kubernetes' },
  // Taken apart before anything is compiled.
  'manifest-files': { type: 'kubernetes-object', target: 'kubernetes' },
} as const satisfies Readonly<Record<IncludedContent['kind'], object>>;

function checkTargets({ stack }: OperatedStack): readonly Diagnostic[] {
  return stack.inclusions.flatMap(({ content, source }) => {
    const { target } = kinds[content.kind];
    // What is at home in a cluster has the cluster as a target without naming it.
    if (stack.targets.includes(target) || boundTargets(stack).includes(target)) return [];
    const facts = { stack: stack.name, target };
    return [inclusionDiagnostics.create('target-missing', facts, { position: source, subject: content.id })];
  });
}

/** Files are called by the id, or by the name of a derived group, which is its address too. */
function checkAddresses({ stack }: OperatedStack, derived: readonly Resource[]): readonly Diagnostic[] {
  const taken = new Set(derived.map(({ type, address }) => `${type}/${addressFields(address).name}`));
  const uids = new Set(derived.map(dashboardUid));
  return stack.inclusions.flatMap(({ content, source }) => {
    if (content.kind === 'routing') return [];
    const address = `${kinds[content.kind].type}/${content.id}`;
    const uid = content.kind === 'grafana-dashboard' ? uidOf(content.json as JsonObject, content.id) : '';
    const uidTaken = uid !== '' && uids.has(uid) ? `the uid ${uid}` : null;
    const what = taken.has(address) ? `the address ${address}` : uidTaken;
    taken.add(address);
    uids.add(uid);
    if (what === null) return [];
    const facts = { stack: stack.name, what };
    return [inclusionDiagnostics.create('name-taken', facts, { position: source, subject: content.id })];
  });
}

function dashboardUid({ spec: { dashboard } }: Resource): string {
  return isJsonObject(dashboard) ? uidOf(dashboard, '') : '';
}

function uidOf({ uid }: JsonObject, id: string): string {
  return typeof uid === 'string' && uid !== '' ? uid : id;
}

function checkRouting(operated: OperatedStack, derived: readonly Resource[]): readonly Diagnostic[] {
  const [first, ...more] = inclusionsOf(operated, 'routing');
  if (first === undefined) return [];
  const { stack } = operated;
  const facts = { stack: stack.name, first: first.content.id };
  return [
    ...more.map(({ content, source }) =>
      inclusionDiagnostics.create('second-routing', facts, { position: source, subject: content.id }),
    ),
    ...refusals(first),
    ...namesTaken(operated, first, derived),
  ];
}

/** Judged as the newest release does: what an older one lacks, its amtool tells before anything is loaded. */
function refusals({ content }: IncludedBy<Routing>): readonly Diagnostic[] {
  const { id, route, receivers, inhibitRules = [], timeIntervals = [], source } = content;
  const document = { route, receivers, inhibit_rules: inhibitRules, time_intervals: timeIntervals };
  return parseAlertmanager(document, '0.34')
    .findings.filter(({ weight }) => weight === 'refused')
    .map(({ pointer, text }) =>
      inclusionDiagnostics.create(
        'routing-refused',
        { id, text: `${text} (${pointer})` },
        { position: source, subject: id },
      ),
    );
}

function namesTaken(
  { stack }: OperatedStack,
  { content, source }: IncludedBy<Routing>,
  derived: readonly Resource[],
): readonly Diagnostic[] {
  const config = derived.find(({ type }) => type === 'alertmanager-config')?.spec.config;
  const { receivers, time_intervals: intervals } = isJsonObject(config) ? config : {};
  const templates = derived.filter(({ type }) => type === 'alertmanager-template').map(({ spec }) => String(spec.name));
  const taken = [
    ...both('receiver', namesIn(content.receivers), namesIn(receivers)),
    ...both('time interval', namesIn(content.timeIntervals), namesIn(intervals)),
    ...both('template file', namesIn(content.templates as never), templates),
  ];
  return taken.map((what) =>
    inclusionDiagnostics.create('name-taken', { stack: stack.name, what }, { position: source, subject: content.id }),
  );
}

function both(kind: string, written: readonly string[], derived: readonly string[]): readonly string[] {
  return written.filter((name) => derived.includes(name)).map((name) => `the ${kind} ${name}`);
}
