import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileFailure, isErrorCode } from '../../../toolkit/host/file-failure.ts';
import { agentDiagnostics } from '../../../toolkit/operate/agents/agent-diagnostics.ts';
import type { agentName } from '../../../toolkit/operate/agents/list-agents.ts';
import { planWork } from '../../../toolkit/operate/agents/plan-work.ts';
import { printWork } from '../../../toolkit/operate/agents/print-work.ts';
import type { AgentWork } from '../../../toolkit/operate/agents/work-commands.ts';
import type { OptionValues } from '../../arguments/option.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { agentWorkView } from '../../views/agent-work-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { type Opened, withContent } from '../open-content.ts';
import { chooseAgents } from './choose-agents.ts';
import type { workOptions } from './work-options.ts';

type WorkValues = OptionValues<typeof workOptions> & { readonly work: AgentWork; readonly evenDeclared: boolean };

export async function runWork(values: WorkValues, session: Session, begun: Begun): Promise<ExitName> {
  const wrong = wrongVersion(values.work);
  if (wrong.length > 0) {
    await begun?.sandbox.close();
    session.tell(wrong);
    return 'usage';
  }
  return await withContent(session, (opened) => plan(values, session, opened), { begun });
}

async function plan(values: WorkValues, session: Session, opened: Opened): Promise<ExitName> {
  const choice = await chooseAgents(session, opened, values);
  if (choice.kind === 'misspelt') return 'usage';
  const { rows, unanswered } = choice;
  const mixed = severalPrograms(
    values.work,
    rows.filter(({ kind }) => workable.includes(kind)),
  );
  const as = values.as === 'told' ? null : values.as;
  const planned = planWork({ ...values, rows, as, items: opened.content.items });
  const findings = mixed.length > 0 ? mixed : [...unanswered, ...planned.diagnostics];
  session.tell(findings);
  const exit = exitOfDiagnostics(findings, session.globals.failOn);
  if (mixed.length > 0) return exit;
  session.show(agentWorkView, planned.plan);
  // A plan with something blocking in it is shown and not handed on.
  if (exit !== 'done' || values.out === null) return exit;
  const files = await writeAll(resolve(session.io.cwd, values.out), printWork(planned.plan), session, values.out);
  if (files === null) return 'refused';
  session.remark(`Wrote ${files} files below ${values.out}. Nothing has been run.`);
  return 'done';
}

const workable: readonly string[] = ['exporter', 'shipper', 'collector'];

/** One version is one program's. */
function severalPrograms(work: AgentWork, rows: Parameters<typeof agentName>[0][]) {
  const programs = [...new Set(rows.map(({ program }) => program))].sort();
  if (work.kind !== 'update' || programs.length < 2) return [];
  return [agentDiagnostics.create('several-programs', { version: work.to, programs })];
}

function wrongVersion(work: AgentWork) {
  if (work.kind !== 'update' || /^(\d+:)?v?\d+(\.\d+)*[\w.+~-]*$/.test(work.to)) return [];
  return [agentDiagnostics.create('not-a-version', { version: work.to }, { found: work.to })];
}

async function writeAll(
  root: string,
  files: Readonly<Record<string, string>>,
  session: Session,
  directory: string,
): Promise<number | null> {
  const found = await readdir(root).catch((cause: unknown) => {
    if (isErrorCode(cause, 'ENOENT')) return [];
    throw fileFailure('list', root, cause);
  });
  if (found.length > 0) {
    session.tell([agentDiagnostics.create('out-not-empty', { directory }, { found: directory })]);
    return null;
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    // Not executable: whoever runs one has looked at it.
    await writeFile(path, content, { mode: 0o644 });
  }
  return Object.keys(files).length;
}
