import { type Diagnostic, Failure, sortDiagnostics } from '../diagnostics/index.ts';
import { alignedGrid, proposeThreshold, quantilesByHour } from '../history/index.ts';
import { type Calendar, printDuration } from '../model/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import { openHistory } from './backtest-queries.ts';
import { readSides, type StackSpecs } from './backtest-rules.ts';
import { baselineDiagnostics } from './baseline-diagnostics.ts';
import type { BaselineReport, BaselineRequest, ItemBaseline } from './baseline-report.ts';
import { itemRules, recordedExpression } from './baseline-rules.ts';
import { type CountedSamples, countSamples } from './baseline-samples.ts';
import { type Named, nameSubject } from './baseline-subject.ts';
import { tryThresholds } from './baseline-trial.ts';
import type { Content, Repository, Wiring } from './contract.ts';
import { typesOf } from './validate-resources.ts';

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
