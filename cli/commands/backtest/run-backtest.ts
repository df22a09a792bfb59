import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFailure } from '../../../toolkit/host/file-failure.ts';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { backtest } from '../../../toolkit/operate/backtest.ts';
import { backtestDiagnostics } from '../../../toolkit/operate/backtest-diagnostics.ts';
import { createSecretResolver } from '../../../toolkit/operate/index.ts';
import { type Plan, parsePlan } from '../../../toolkit/plan/index.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { backtestView } from '../../views/backtest-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { blocked, withContent } from '../open-content.ts';

export interface BacktestValues {
  readonly alerts: readonly string[];
  readonly stack: readonly string[];
  readonly from: number;
  readonly step: number | null;
  readonly plan: string | null;
  readonly with: 'range-queries' | 'vmalert';
}

export async function runBacktest(values: BacktestValues, session: Session, begun: Begun): Promise<ExitName> {
  const vmalert = values.with === 'vmalert' ? await findProgram('vmalert') : null;
  if (values.with === 'vmalert' && vmalert === null) {
    session.tell([backtestDiagnostics.create('no-vmalert', { note: 'it is not on PATH' })]);
    return 'failure';
  }
  const read = values.plan === null ? { plan: null, exit: null } : await readPlan(values.plan, session);
  if (read.exit !== null) return read.exit;
  return await withContent(
    session,
    async ({ repository, content, wiring }) => {
      const toMs = session.io.now().getTime();
      const report = await backtest(repository, content, wiring, {
        alerts: values.alerts,
        stacks: values.stack,
        fromMs: toMs - values.from,
        toMs,
        stepMs: values.step,
        vmalert: vmalert === null ? null : { path: vmalert, signal: session.io.signal },
        plan: read.plan,
        secrets: createSecretResolver(repository.root, session.io.env),
        signal: session.io.signal,
        onProgress: session.progress.report,
      });
      session.tell([...report.unknown, ...report.diagnostics]);
      if (report.unknown.length > 0) return 'usage';
      session.show(backtestView, report);
      return report.diagnostics.some(({ severity }) => severity === 'error') ? 'failure' : 'done';
    },
    { begun },
  );
}

interface ReadPlan {
  readonly plan: Plan | null;
  readonly exit: ExitName | null;
}

async function readPlan(name: string, session: Session): Promise<ReadPlan> {
  const file = resolve(session.io.cwd, name);
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFailure('read', file, error);
  });
  const { plan, diagnostic } = parsePlan(content);
  if (plan !== null) return { plan, exit: null };
  session.tell([{ ...diagnostic, subject: diagnostic.subject ?? name }]);
  return { plan: null, exit: blocked([diagnostic]) };
}
