import { type Diagnostic, Failure, nearestName, sortDiagnostics } from '../diagnostics/index.ts';
import { backtestAlert, type StackRun } from './backtest-alert.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import type { StackHistory } from './backtest-inputs.ts';
import { openHistory } from './backtest-queries.ts';
import type { AlertBacktest, BacktestReport, BacktestRequest } from './backtest-report.ts';
import { type BothSides, readSides, readWorld } from './backtest-rules.ts';
import type { Content, Repository, Wiring } from './contract.ts';
import { typesOf } from './validate-resources.ts';

/** Replays alerts over what the Prometheus of each stack has kept. Reads only. */
export async function backtest(
  repository: Repository,
  content: Content,
  wiring: Wiring,
  request: BacktestRequest,
): Promise<BacktestReport> {
  const diagnostics: Diagnostic[] = [];
  const { fromMs, toMs } = request;
  const head = { with: request.vmalert === null ? ('range-queries' as const) : ('vmalert' as const), fromMs, toMs };
  const types = typesOf(wiring);
  const stacks = content.stacks.filter(({ name }) => request.stacks.length === 0 || request.stacks.includes(name));
  const sides = new Map<string, BothSides>();
  for (const { name } of stacks)
    sides.set(name, await readSides(repository, content, { plan: request.plan, types, stack: name }));
  const unknown = strangers(content, request, sides);
  if (unknown.length > 0) return { ...head, alerts: [], diagnostics: [], unknown };
  const alerts: AlertBacktest[] = [];
  for (const { name, site } of stacks) {
    const own = sides.get(name);
    const timeZone = content.organisation.sites.find(({ id }) => id === site)?.timeZone ?? 'UTC';
    if (own !== undefined)
      alerts.push(...(await backtestStack({ repository, stack: name, timeZone, request, diagnostics }, own)));
  }
  return { ...head, alerts, diagnostics: sortDiagnostics(diagnostics), unknown };
}

function strangers(
  content: Content,
  { stacks, alerts }: BacktestRequest,
  sides: ReadonlyMap<string, BothSides>,
): readonly Diagnostic[] {
  const worlds = [...sides.values()].flatMap(({ wanted, applied }) => [
    readWorld(wanted),
    readWorld(applied ?? new Map()),
  ]);
  const known = {
    stack: content.stacks.map(({ name }) => name),
    alert: [...new Set(worlds.flatMap((world) => world.alerts.map(({ name }) => name)))].sort(),
  };
  const unknownOf = (kind: 'stack' | 'alert', names: readonly string[]) =>
    names
      .filter((name) => !known[kind].includes(name))
      .map((name) => {
        const facts = {
          kind,
          name,
          known: kind === 'stack' ? known.stack : [],
          nearest: nearestName(name, known[kind]),
        };
        return backtestDiagnostics.create('unknown-name', facts, { found: name });
      });
  const strangeStacks = unknownOf('stack', stacks);
  return strangeStacks.length > 0 ? strangeStacks : unknownOf('alert', alerts);
}

async function backtestStack(run: StackRun, sides: BothSides): Promise<readonly AlertBacktest[]> {
  const { repository, stack, request, diagnostics } = run;
  const worlds = { wanted: readWorld(sides.wanted), applied: sides.applied === null ? null : readWorld(sides.applied) };
  const names = [...new Set([...worlds.wanted.alerts, ...(worlds.applied?.alerts ?? [])].map(({ name }) => name))];
  const chosen = names.filter((name) => request.alerts.length === 0 || request.alerts.includes(name)).sort();
  if (chosen.length === 0) return [];
  const opened = openHistory(repository, stack, { resolveSecret: request.secrets, signal: request.signal });
  if (opened.server === null) {
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason: opened.reason }, { subject: stack }));
    return [];
  }
  const history: StackHistory = { stack, server: opened.server, known: new Map(), request, diagnostics };
  try {
    const results: AlertBacktest[] = [];
    for (const alert of chosen) {
      request.onProgress(`Replaying ${alert} of ${stack}`);
      const one = await backtestAlert(run, history, { alert, sides, worlds });
      if (one !== null) results.push(one);
    }
    diagnostics.push(...tellScant(stack, results));
    return results;
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    if (cause.diagnostic.code === 'backtest/vmalert-failed') {
      diagnostics.push(cause.diagnostic);
      return [];
    }
    const reason = `${cause.diagnostic.summary}: ${cause.diagnostic.detail.replace(/\.$/, '')}`;
    diagnostics.push(backtestDiagnostics.create('no-server', { stack, reason }, { subject: stack }));
    return [];
  }
}

function tellScant(stack: string, results: readonly AlertBacktest[]): readonly Diagnostic[] {
  const scant = results.flatMap(({ alert, wanted, applied }) =>
    [wanted, applied === 'same' ? null : applied].flatMap((side) =>
      (side?.scant ?? []).map((input) => ({ alert, ...input })),
    ),
  );
  const none = scant.filter(({ share }) => share === 0);
  const some = scant.filter(({ share }) => share > 0);
  const namesOf = (inputs: typeof scant) => ({
    stack,
    metrics: [
      ...new Set(
        inputs.map(({ metric, share }) => (share === 0 ? metric : `${metric} (${Math.round(share * 100)} %)`)),
      ),
    ].sort(),
    alerts: [...new Set(inputs.map(({ alert }) => alert))].sort(),
  });
  return [
    ...(none.length === 0 ? [] : [backtestDiagnostics.create('no-samples', namesOf(none), { subject: stack })]),
    ...(some.length === 0 ? [] : [backtestDiagnostics.create('short-history', namesOf(some), { subject: stack })]),
  ];
}
