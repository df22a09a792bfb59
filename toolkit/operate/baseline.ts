import { signalSeries } from '../compile/signal-series.ts';
import { type Diagnostic, Failure, nearestName, type SourceSpan, sortDiagnostics } from '../diagnostics/index.ts';
import {
  alignedGrid,
  type Direction,
  type ProposedThreshold,
  proposeThreshold,
  quantilesByHour,
} from '../history/index.ts';
import { type Calendar, printDuration } from '../model/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import { openHistory } from './backtest-queries.ts';
import { readSides, type StackSpecs } from './backtest-rules.ts';
import { baselineDiagnostics } from './baseline-diagnostics.ts';
import { type ItemRule, itemRules, recordedExpression } from './baseline-rules.ts';
import { type CountedSamples, countSamples } from './baseline-samples.ts';
import { type TrialResult, tryThresholds } from './baseline-trial.ts';
import type { Content, Repository, Wiring } from './contract.ts';
import type { SecretResolver } from './secrets.ts';
import type { DeclaredAlert } from './session-messages.ts';
import { typesOf } from './validate-resources.ts';

export interface BaselineRequest {
  /** Name of an alert, or a signal as `host.memoryAvailable`. */
  readonly subject: string;
  /** Ids; empty: all. */
  readonly items: readonly string[];
  readonly stacks: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly quantile: number;
  readonly headroom: number;
  /** Least time with samples that count. */
  readonly minimumMs: number;
  readonly byHour: boolean;
  /** Count the time in which alerts fired. */
  readonly keepFiring: boolean;
  /** Hours that are left out, such as those of maintenance. */
  readonly without: string | null;
  readonly secrets: SecretResolver;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export interface BaselineReport {
  readonly subject: string;
  readonly alert: DeclaredAlert | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly quantile: number;
  readonly headroom: number;
  readonly items: readonly ItemBaseline[];
  readonly diagnostics: readonly Diagnostic[];
  /** Something that is not there was asked for. */
  readonly isMisnamed: boolean;
}

/** What history says of one item. */
export interface ItemBaseline {
  readonly stack: string;
  readonly item: string;
  readonly counted: Pick<CountedSamples, 'countedMs' | 'firingShare' | 'maintenanceShare' | 'least' | 'most'>;
  /** Null where there is too little. */
  readonly proposed: ProposedThreshold | null;
  readonly byHour: readonly (readonly (number | null)[])[] | null;
  /** What holds now, where it is declared, and what it does; null for a signal. */
  readonly rule: (Omit<ItemRule, 'interval'> & { readonly source: SourceSpan | null }) | null;
  /** Episodes with the threshold that holds and with the proposed one, over all of the time. */
  readonly trial: TrialResult | null;
}

/** Reads thresholds off history: quantiles of a signal, item by item, without the times in which something was wrong. */
export async function makeBaseline(
  repository: Repository,
  content: Content,
  wiring: Wiring,
  request: BaselineRequest,
): Promise<BaselineReport> {
  const named = nameSubject(content, request);
  const { subject, fromMs, toMs, quantile, headroom } = request;
  const head = { subject, alert: named.alert, fromMs, toMs, quantile, headroom };
  if (named.diagnostics.length > 0) return { ...head, items: [], diagnostics: named.diagnostics, isMisnamed: true };
  const diagnostics: Diagnostic[] = [];
  const items: ItemBaseline[] = [];
  const stacks = content.stacks.filter(({ name }) => request.stacks.length === 0 || request.stacks.includes(name));
  let isMeasured = false;
  for (const { name, site } of stacks) {
    const { wanted } = await readSides(repository, content, { plan: null, types: typesOf(wiring), stack: name });
    const recorded = recordedExpression(wanted, named.series);
    if (recorded === null) continue;
    isMeasured = true;
    const timeZone = content.organisation.sites.find(({ id }) => id === site)?.timeZone ?? 'UTC';
    const run = { repository, content, request, diagnostics, stack: name, timeZone, calendar: named.calendar };
    items.push(...(await baselineOfStack(run, wanted, named, recorded)));
  }
  if (!isMeasured)
    diagnostics.push(baselineDiagnostics.create('no-signal', { subject, stacks: stacks.map(({ name }) => name) }));
  const missing = request.items.filter((id) => isMeasured && !items.some(({ item }) => item === id));
  diagnostics.push(
    ...missing.map((item) => baselineDiagnostics.create('unknown-item', { item, subject }, { found: item })),
  );
  return { ...head, items, diagnostics: sortDiagnostics(diagnostics), isMisnamed: missing.length > 0 };
}

interface Named {
  readonly alert: DeclaredAlert | null;
  readonly direction: Direction;
  /** Name under which the signal is recorded. */
  readonly series: string;
  readonly calendar: Calendar | null;
  readonly diagnostics: readonly Diagnostic[];
}

function nameSubject({ alerts, stacks, organisation }: Content, request: BaselineRequest): Named {
  const { subject, without } = request;
  const alert = alerts.find(({ name }) => name === subject) ?? null;
  const [classId = '', key = ''] = alert === null ? subject.split('.') : [alert.class, alert.signal ?? ''];
  const isSignal = /^[^.]+\.[^.]+$/.test(subject);
  // Of a signal on its own, the alerts on it know which way is trouble.
  const speaking =
    alert ?? alerts.find((one) => one.class === classId && one.signal === key && !('equals' in one.when));
  const calendar = organisation.calendars.find(({ id }) => id === without) ?? null;
  const unknown = (kind: string, name: string, known: readonly string[]) =>
    backtestDiagnostics.create('unknown-name', {
      kind,
      name,
      known: kind === 'alert' ? [] : known,
      nearest: nearestName(name, known),
    });
  const names = stacks.map(({ name }) => name);
  return {
    alert,
    direction: speaking !== undefined && 'below' in speaking.when ? 'below' : 'above',
    series: signalSeries(classId, key),
    calendar,
    diagnostics: [
      ...request.stacks.filter((name) => !names.includes(name)).map((name) => unknown('stack', name, names)),
      ...(alert === null && !isSignal
        ? [
            unknown(
              'alert',
              subject,
              alerts.map(({ name }) => name),
            ),
          ]
        : []),
      ...(without !== null && calendar === null
        ? [
            unknown(
              'calendar',
              without,
              organisation.calendars.map(({ id }) => id),
            ),
          ]
        : []),
      ...(alert !== null && 'equals' in alert.when
        ? [baselineDiagnostics.create('no-threshold', { alert: subject }, { position: alert.source, subject })]
        : []),
    ],
  };
}

interface StackRun {
  readonly repository: Repository;
  readonly content: Content;
  readonly request: BaselineRequest;
  readonly diagnostics: Diagnostic[];
  readonly stack: string;
  readonly timeZone: string;
  readonly calendar: Calendar | null;
}

const stepMs = 300_000;
const muchFiring = 0.1;

async function baselineOfStack(
  run: StackRun,
  specs: StackSpecs,
  named: Named,
  expression: string,
): Promise<readonly ItemBaseline[]> {
  const { repository, request, diagnostics, stack } = run;
  const opened = openHistory(repository, stack, { resolveSecret: request.secrets, signal: request.signal });
  if (opened.server === null) {
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason: opened.reason }, { subject: stack }));
    return [];
  }
  request.onProgress(`Reading the history of ${request.subject} in ${stack}`);
  try {
    const grid = alignedGrid(request.fromMs, request.toMs, stepMs);
    const wish = { expression, items: request.items, grid, calendar: run.calendar, keepFiring: request.keepFiring };
    const { items, isRecorded } = await countSamples(opened.server, wish);
    if (!isRecorded) diagnostics.push(baselineDiagnostics.create('not-recorded', { stack }, { subject: stack }));
    const rules = named.alert === null ? null : itemRules(specs, run.content, stack, named.alert);
    const found: ItemBaseline[] = [];
    for (const counted of items) found.push(await baselineOfItem(run, named, counted, rules?.(counted.item) ?? null));
    const tried = await tryThresholds(opened.server, {
      baselines: found,
      expression,
      direction: named.direction,
      request,
    });
    return found.map((one, index) => ({ ...one, trial: tried[index] ?? null }));
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    const reason = `${cause.diagnostic.summary}: ${cause.diagnostic.detail.replace(/\.$/, '')}`;
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason }, { subject: stack }));
    return [];
  }
}

async function baselineOfItem(
  { request, stack, timeZone, diagnostics }: StackRun,
  { direction }: Named,
  counted: CountedSamples,
  rule: ItemBaseline['rule'],
): Promise<ItemBaseline> {
  const { item, samples, countedMs, firingShare } = counted;
  const isEnough = countedMs >= request.minimumMs;
  if (!isEnough) {
    const facts = { item, stack, days: printDuration(countedMs), needed: printDuration(request.minimumMs) };
    diagnostics.push(baselineDiagnostics.create('too-little', facts, { subject: item }));
  }
  if (firingShare > muchFiring && !request.keepFiring) {
    const facts = { item, stack, share: `${Math.round(firingShare * 100)} %` };
    diagnostics.push(baselineDiagnostics.create('often-firing', facts, { subject: item }));
  }
  const wish = { direction, quantile: request.quantile, headroom: request.headroom };
  // Of parts of one item, such as its disks, the one that comes nearest to trouble decides.
  const proposals = [...samples.values()].flatMap(
    (part) =>
      proposeThreshold(
        part.map(({ value }) => value),
        wish,
      ) ?? [],
  );
  const sorted = proposals.sort((left, right) => left.found - right.found);
  const worst = (direction === 'above' ? sorted.at(-1) : sorted[0]) ?? null;
  return {
    stack,
    item,
    counted,
    proposed: isEnough ? worst : null,
    byHour:
      request.byHour && worst !== null ? quantilesByHour([...samples.values()].flat(), worst.share, timeZone) : null,
    rule,
    trial: null,
  };
}
