import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileFailure } from '../../../toolkit/host/file-failure.ts';
import { readErrorBudgets } from '../../../toolkit/operate/error-budgets.ts';
import { parsePlan } from '../../../toolkit/plan/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { text } from '../../arguments/option.ts';
import { word } from '../../arguments/positional.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { sloGateView } from '../../views/slo-gate-view.ts';
import { blocked, type Opened, withContent } from '../open-content.ts';
import { budgetRequest } from './budget-request.ts';
import { budgetDiagnostics } from './diagnostics.ts';
import { concernedObjectives, judgeBudgets } from './judge-budgets.ts';

export const command = defineCommand({
  description:
    'Refuses a saved plan while it changes stacks on which an objective depends whose error budget is spent. It stands ' +
    'between plan and apply, and says which plan it read and what the servers answered; the plan itself stays what it ' +
    'was. With --emergency it lets the plan through and says why.',
  positionals: { plan: word('plan-file', 'A file that `opsctl plan --out` wrote.', 'file') },
  options: {
    emergency: text('--emergency <reason>', 'Why this change cannot wait; it is shown, and goes into the events.'),
  },
  exits: ['findings', 'refused', 'stale'],
  examples: [
    {
      line: 'opsctl slo gate plan.json && opsctl apply plan.json',
      text: 'Applies only while there is error budget left.',
    },
    {
      line: "opsctl slo gate plan.json --emergency 'INC-42: certificate expired'",
      text: 'Lets a change through that cannot wait, with its reason.',
    },
  ],
  run: async ({ plan: name, emergency }, session) => {
    const file = resolve(session.io.cwd, name);
    const content = await readFile(file, 'utf8').catch((error: unknown) => {
      throw fileFailure('read', file, error);
    });
    const { plan, diagnostic } = parsePlan(content);
    if (plan === null) {
      session.tell([{ ...diagnostic, subject: diagnostic.subject ?? name }]);
      return blocked([diagnostic]);
    }
    const globals = { ...session.globals, environment: session.globals.environment ?? plan.environment };
    return await withContent({ ...session, globals }, (opened) => gate(session, opened, { plan, name, emergency }));
  },
});

interface Gated {
  readonly plan: NonNullable<ReturnType<typeof parsePlan>['plan']>;
  readonly name: string;
  readonly emergency: string | null;
}

async function gate(session: Session, opened: Opened, { plan, name, emergency }: Gated): Promise<ExitName> {
  const { repository, content } = opened;
  if (plan.inputs.content !== content.inputs.content) {
    session.tell([budgetDiagnostics.create('other-content', { file: name }, { subject: name })]);
    return 'stale';
  }
  session.progress.report('Asking for error budgets');
  const concerned = concernedObjectives(plan, content.objectives);
  const budgets = await readErrorBudgets(
    budgetRequest(
      session,
      repository,
      concerned.map(({ objective }) => objective),
    ),
  );
  const findings = judgeBudgets(concerned, budgets);
  const isOpen = findings.length === 0 || emergency !== null;
  session.tell(
    emergency === null ? findings : findings.map((finding) => ({ ...finding, severity: 'warning' as const })),
  );
  session.show(sloGateView, { plan: name, digest: plan.digest, budgets, isOpen, emergency });
  return isOpen ? 'done' : 'refused';
}
