import { type Diagnostic, nearestName } from '../../diagnostics/index.ts';
import { describeSelection, parseDuration, printDuration, type Slo } from '../../model/index.ts';
import { findUnknown, type Reference } from '../check-reference.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import { zoneOffset } from '../local-time.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { checkAlerting } from './check-alerting.ts';
import { matchersOf, notKept, printSelector } from './counters.ts';
import { countsEvents } from './indicator.ts';
import { periodName, reachMs } from './period.ts';
import { sloDiagnostics } from './slo-diagnostics.ts';
import { type UpheldSlo, upheldBy } from './upheld.ts';

/** All that is wrong with the objectives of the group, each at the stack that upholds it. */
export function checkSlos(group: readonly OperatedStack[]): readonly Diagnostic[] {
  const homes: Homes = new Map(
    group.flatMap((home) => home.stack.objectives.map(({ slo }) => [slo.id, home] as const)),
  );
  return [
    ...findTwice(group),
    ...group.flatMap((operated) => upheldBy(operated).flatMap((upheld) => checkSlo(operated, upheld, homes))),
  ];
}

/** Who upholds what, by the id of the objective. */
type Homes = ReadonlyMap<string, OperatedStack>;

function checkSlo(operated: OperatedStack, upheld: UpheldSlo, homes: Homes): readonly Diagnostic[] {
  return [
    ...checkReferences(operated, upheld.slo),
    ...checkService(operated, upheld),
    ...checkIndicator(operated, upheld, homes),
    ...checkZones(operated, upheld.slo),
    ...checkAlerting(operated, upheld),
    ...checkPromise(upheld.slo),
    ...checkRetention(upheld),
  ];
}

function findTwice(group: readonly OperatedStack[]): readonly Diagnostic[] {
  const first = new Map<string, string>();
  return group.flatMap(({ stack }) =>
    stack.objectives.flatMap(({ slo, source }) => {
      const other = first.get(slo.id);
      first.set(slo.id, other ?? stack.name);
      if (other === undefined) return [];
      const facts = { slo: slo.id, first: other, second: stack.name };
      return [sloDiagnostics.create('declared-twice', facts, { position: source, subject: slo.id })];
    }),
  );
}

function checkReferences({ organisation }: OperatedStack, { id, team, promised, excludes = [], source }: Slo) {
  const idsOf = (list: readonly { readonly id: string }[]) => list.map((entry) => entry.id);
  const subject = `The SLO ${id}`;
  const calendars = excludes.flatMap((exclusion) => ('calendar' in exclusion ? [exclusion.calendar] : []));
  const references: readonly Reference[] = [
    { subject, field: 'team', value: team, known: idsOf(organisation.teams), position: source },
    {
      subject,
      field: 'tenant or team',
      value: promised?.to,
      known: [...idsOf(organisation.tenants), ...idsOf(organisation.teams)],
      position: source,
    },
    ...calendars.map((value) => {
      return { subject, field: 'calendar', value, known: idsOf(organisation.calendars), position: source };
    }),
  ];
  return findUnknown(references);
}

function checkService({ stack }: OperatedStack, { slo, items, source }: UpheldSlo): readonly Diagnostic[] {
  if (items.length > 0) return [];
  const where = countsEvents(slo.indicator) ? '' : ' here or below';
  const facts = { slo: slo.id, stack: stack.name, selection: describeSelection(slo.service), where };
  return [sloDiagnostics.create('service-empty', facts, { position: source, subject: slo.id })];
}

function checkIndicator(operated: OperatedStack, { slo, items }: UpheldSlo, homes: Homes): readonly Diagnostic[] {
  const { indicator, id, source } = slo;
  const at = { position: source, subject: id };
  if (indicator.kind === 'ratio') return checkRatio(slo);
  if (indicator.kind === 'latency') return [];
  if (indicator.kind === 'timeSlice') {
    const signals = operated.catalogue.classes.find((entry) => entry.id === indicator.class)?.signals;
    if (signals !== undefined && !Object.hasOwn(signals, indicator.signal))
      return [unknownSignal(slo, indicator.signal, Object.keys(signals))];
    if (items.length === 0 || items.every((item) => item.class === indicator.class)) return [];
    const stack = operated.stack.name;
    const selection = `${describeSelection(slo.service)}, all of class ${indicator.class}`;
    return [sloDiagnostics.create('service-empty', { slo: id, stack, selection, where: ' here or below' }, at)];
  }
  return indicator.of.flatMap(({ slo: part }) => {
    const home = homes.get(part);
    if (home !== undefined && part !== id && [home.stack, ...home.ancestors].includes(operated.stack)) return [];
    return [sloDiagnostics.create('unknown-part', { slo: id, part, stack: operated.stack.name }, at)];
  });
}

function unknownSignal({ id, source }: Slo, name: string, known: readonly string[]): Diagnostic {
  const facts = { subject: `The SLO ${id}`, field: 'signal', name, known, nearest: nearestName(name, known) };
  return compileDiagnostics.create('unknown-name', facts, { position: source, found: name });
}

/** Good, or bad, has to be some of all: the same source, and no event that the total does not count. */
function checkRatio({ id, indicator, source }: Slo): readonly Diagnostic[] {
  if (indicator.kind !== 'ratio') return [];
  const at = { position: source, subject: id };
  const { total, good, bad } = indicator;
  const part = good ?? bad;
  if (part === undefined || (good !== undefined && bad !== undefined)) {
    const given = part === undefined ? 'neither good nor bad' : 'both good and bad';
    return [sloDiagnostics.create('ratio-sides', { slo: id, given }, at)];
  }
  const lost = notKept(part, total).map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`);
  if (lost.length === 0) return [];
  const [partText, whole] = [part, total].map((side) => printSelector(side.metric, matchersOf(side)));
  const facts = { slo: id, part: partText ?? '', whole: whole ?? '', lost };
  const code = part.metric === total.metric ? 'good-outside-total' : 'sources-differ';
  return [sloDiagnostics.create(code, facts, at)];
}

function checkZones(
  { organisation }: OperatedStack,
  { id, window, excludes = [], source }: Slo,
): readonly Diagnostic[] {
  const calendars = excludes.flatMap((exclusion) =>
    'calendar' in exclusion ? organisation.calendars.filter((calendar) => calendar.id === exclusion.calendar) : [],
  );
  const zones = new Set([...('zone' in window ? [window.zone] : []), ...calendars.map(({ timeZone }) => timeZone)]);
  return [...zones].flatMap((zone) => {
    const offset = zoneOffset(zone);
    const at = { position: source, subject: id };
    if (offset === null) return [sloDiagnostics.create('zone-unknown', { slo: id, zone }, at)];
    return offset.hasSummerTime ? [sloDiagnostics.create('zone-with-summer-time', { slo: id, zone }, at)] : [];
  });
}

function checkPromise({ id, objective, promised, source }: Slo): readonly Diagnostic[] {
  if (promised === undefined || objective > promised.objective) return [];
  const facts = { slo: id, objective, promised: promised.objective, to: promised.to };
  return [sloDiagnostics.create('promise-not-looser', facts, { position: source, subject: id })];
}

/** Of Prometheus, when nothing is said. */
const usualRetentionMs = 15 * 86_400_000;

function checkRetention({ slo, stack }: UpheldSlo): readonly Diagnostic[] {
  const reach = reachMs(slo.window);
  const at = { position: slo.source, subject: slo.id };
  const period = 'rolling' in slo.window ? periodName(slo.window) : printDuration(reach);
  if (stack.retention === undefined) {
    if (reach <= usualRetentionMs) return [];
    return [sloDiagnostics.create('retention-unknown', { slo: slo.id, period, stack: stack.name }, at)];
  }
  if (reach <= (parseDuration(stack.retention) ?? 0)) return [];
  const facts = { slo: slo.id, period, stack: stack.name, retention: stack.retention };
  return [sloDiagnostics.create('beyond-retention', facts, at)];
}
