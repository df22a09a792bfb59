import { nearestName } from '../../../toolkit/diagnostics/index.ts';
import { printYaml } from '../../../toolkit/languages/yaml/index.ts';
import { createSecretResolver } from '../../../toolkit/operate/index.ts';
import { operateDiagnostics } from '../../../toolkit/operate/operate-diagnostics.ts';
import { TargetSessions } from '../../../toolkit/operate/target-sessions.ts';
import { declaredSpaces } from '../../../toolkit/operate/tenancy/declared-spaces.ts';
import { tenancyVerifyDiagnostics } from '../../../toolkit/operate/tenancy/diagnostics.ts';
import { neededRights } from '../../../toolkit/operate/tenancy/needed-rights.ts';
import type { TenancyReport } from '../../../toolkit/operate/tenancy/tenancy-report.ts';
import { verifyTenancy } from '../../../toolkit/operate/tenancy/verify-tenancy.ts';
import { type ExitName, exitOfDiagnostics } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { printTenancyReport, tenancyView } from '../../views/tenancy-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { type Opened, withContent } from '../open-content.ts';
import type { VerifyValues } from './verify-options.ts';

export async function runVerify(values: VerifyValues, session: Session, begun: Begun): Promise<ExitName> {
  return await withContent(session, (opened) => verify(values, session, opened), { begun });
}

async function verify(values: VerifyValues, session: Session, opened: Opened): Promise<ExitName> {
  const { content } = opened;
  const names = content.stacks.map(({ name }) => name);
  const stacks = values.stack.length === 0 ? names : names.filter((name) => values.stack.includes(name));
  const spaces = stacks.flatMap((stack) => declaredSpaces(stack, content.placed));
  const wrong = [
    ...unknownStacks(values, names),
    ...unknownTenants(values, [...new Set(spaces.map(({ tenant }) => tenant))]),
  ];
  if (wrong.length > 0) {
    session.tell(wrong);
    return 'usage';
  }
  if (spaces.length === 0) {
    const nobody = [tenancyVerifyDiagnostics.create('nobody-isolated', { stacks })];
    session.tell(nobody);
    return exitOfDiagnostics(nobody, session.globals.failOn);
  }
  if (values.rights !== null) {
    const manifests = neededRights(spaces, values.rights);
    if (session.globals.json) session.emit({ event: 'tenancy-rights', manifests });
    else session.print(manifests.map((manifest) => `---\n${printYaml(manifest)}`).join(''));
    return 'done';
  }
  const report = await tryIn(values, session, opened, stacks);
  if (values.format === 'md' && !session.globals.json) session.print(printTenancyReport(report));
  else session.show(tenancyView, report);
  session.tell(report.diagnostics);
  return exitOf(report);
}

async function tryIn(
  { tenant }: VerifyValues,
  session: Session,
  { repository, wiring, content }: Opened,
  stacks: readonly string[],
): Promise<TenancyReport> {
  const { io } = session;
  const sessions = new TargetSessions(repository.bindings.targets, wiring.providers, {
    resolveSecret: createSecretResolver(repository.root, io.env),
    report: () => undefined,
    signal: io.signal,
  });
  const report = (message: string) => session.progress.report(message);
  try {
    return await verifyTenancy({ placed: content.placed, stacks, tenants: tenant, sessions, report });
  } finally {
    await sessions.close();
  }
}

/** A hole that was found weighs more than a question that nobody answered. */
function exitOf({ stacks }: TenancyReport): ExitName {
  const seen = stacks.flatMap(({ evidence }) => evidence.map(({ verdict }) => verdict));
  if (seen.includes('broken')) return 'findings';
  return seen.includes('untried') ? 'failure' : 'done';
}

function unknownStacks({ stack }: VerifyValues, known: readonly string[]) {
  return stack
    .filter((name) => !known.includes(name))
    .map((name) => operateDiagnostics.create('unknown-stack', { stack: name, known }, { found: name }));
}

function unknownTenants({ tenant }: VerifyValues, known: readonly string[]) {
  return tenant
    .filter((name) => !known.includes(name))
    .map((name) => {
      const facts = { tenant: name, known, nearest: nearestName(name, known) };
      return tenancyVerifyDiagnostics.create('unknown-tenant', facts, { found: name });
    });
}
