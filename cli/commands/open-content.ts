import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import {
  type Content,
  type OpenOptions,
  openContent,
  openRepository,
  type Repository,
  type RepositoryRequest,
  type Wiring,
} from '../../toolkit/operate/index.ts';
import { type ExitName, exitOfDiagnostics } from '../exit-code.ts';
import { learnSecrets } from '../output/learn-secrets.ts';
import type { Session } from '../session.ts';
import { wire } from '../wire.ts';
import { contentDirectory } from './begin-sandbox.ts';

/** A repository with its content compiled: what most commands work on. */
export interface Opened {
  readonly wiring: Wiring;
  readonly repository: Repository;
  readonly content: Content;
}

/** Opens the repository that the global options name; tells what there is to tell, and gives null when it cannot be. */
export async function openNamedRepository(session: Session): Promise<Outcome<Repository>> {
  return await openRepository(repositoryRequest(session));
}

export function repositoryRequest(session: Session): RepositoryRequest {
  const { globals, io, command } = session;
  return {
    directory: contentDirectory(session),
    environment: globals.environment,
    bindingsFile: globals.bindings,
    wiring: wire(io.cwd, command), // Only its providers are asked, for their binding schemas.
  };
}

interface Outcome<Value> {
  readonly value: Value | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs `use` on the repository alone; what keeps it from opening is told and ends the command. */
export async function withRepository(
  session: Session,
  use: (repository: Repository) => Promise<ExitName>,
): Promise<ExitName> {
  const { value, diagnostics } = await openNamedRepository(session);
  session.tell(diagnostics);
  if (value === null) return blocked(diagnostics);
  return await use(value);
}

/** Runs `use` on compiled content, and ends its sandbox afterwards. */
export async function withContent(
  session: Session,
  use: (opened: Opened) => Promise<ExitName>,
  options: OpenOptions = {},
): Promise<ExitName> {
  session.progress.report('Compiling the content');
  const { value, diagnostics } = await openContent(repositoryRequest(session), options);
  session.tell(diagnostics);
  if (value === null) return blocked(diagnostics);
  const { repository, content } = value;
  try {
    const exit = exitOfDiagnostics(diagnostics, session.globals.failOn);
    if (exit !== 'done') return exit;
    await learnSecrets(session.secrets, repository, content.resources, session.io.env);
    return await use({ wiring: wire(repository.stateRoot, session.command), repository, content });
  } finally {
    await content.close();
  }
}

/** Content without a value never ends as done, whatever its diagnostics say. */
export function blocked(diagnostics: readonly Diagnostic[]): ExitName {
  const exit = exitOfDiagnostics(diagnostics, 'error');
  return exit === 'done' ? 'failure' : exit;
}
