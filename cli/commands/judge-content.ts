import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import type { ReportFormat } from '../../toolkit/diagnostics/reporters/index.ts';
import {
  type Content,
  compareCompiles,
  findNeededSettings,
  findUnboundDeclared,
  isUnbound,
  openContent,
  type Repository,
  tellWeakened,
  validateContent,
} from '../../toolkit/operate/index.ts';
import { type ExitName, exitOfDiagnostics } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { validateView } from '../views/validate-view.ts';
import { wire } from '../wire.ts';
import { blocked, repositoryRequest } from './open-content.ts';
import { findRefusedExpressions } from './refused-expressions.ts';
import { today } from './today.ts';

export interface JudgeRequest {
  readonly format: ReportFormat;
  readonly twice: boolean;
}

/** Compiles and judges; here the findings are the result, so they go to stdout in the format that was asked for. */
export async function judgeContent(session: Session, { format, twice }: JudgeRequest): Promise<ExitName> {
  session.progress.report('Compiling the content');
  const { value, diagnostics } = await openContent(repositoryRequest(session));
  if (value === null) {
    session.showFindings(diagnostics, format);
    return blocked(diagnostics);
  }
  const { repository, content } = value;
  const judged = [...diagnostics, ...(await judge(repository, content, session, twice))];
  session.showFindings(judged, format);
  if (format === 'human') session.show(validateView, summarise(repository, content, judged));
  return exitOfDiagnostics(judged, session.globals.failOn);
}

async function judge(
  repository: Repository,
  content: Content,
  session: Session,
  twice: boolean,
): Promise<readonly Diagnostic[]> {
  try {
    const policies = await content.judge(null, today(session.io.now()));
    if (twice) session.progress.report('Compiling once more in other surroundings');
    const differences = twice ? await compareCompiles(repository, content) : [];
    const names = content.stacks.map(({ name }) => name);
    const unbound = isUnbound(repository) ? [] : findUnboundDeclared(content, names, repository);
    const weakened = isUnbound(repository) ? [] : await tellWeakened(content, repository);
    const wiring = wire(repository.stateRoot, session.command);
    const needed = findNeededSettings(content, repository, wiring);
    const refused = validateContent(content, wiring);
    const unreadable = await findRefusedExpressions(repository, content, today(session.io.now()));
    return [...unbound, ...needed, ...weakened, ...refused, ...unreadable, ...policies, ...differences];
  } finally {
    await content.close();
  }
}

function summarise({ environment }: Repository, content: Content, findings: readonly Diagnostic[]) {
  return {
    environment,
    stacks: content.stacks.length,
    items: content.items.length,
    resources: content.resources.length,
    policies: content.policies.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
  };
}
