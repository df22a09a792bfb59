import { resolve } from 'node:path';
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
import { type EngineChoice, wire } from '../wire.ts';
import { contentDirectory } from './begin-sandbox.ts';

/** A repository with its content compiled: what most commands work on. */
export interface Opened {
  readonly wiring: Wiring;
  readonly repository: Repository;
  readonly content: Content;
}

/** The engine that the command was told to work with. */
function engineChoice({ engine = 'embedded', globals, io }: Session): EngineChoice {
  const bindingsFile = globals.bindings === null ? null : resolve(io.cwd, globals.bindings);
  return { engine, bindingsFile, env: io.env };
}

export function wireFor(session: Session, { stateRoot }: Pick<Repository, 'stateRoot'>): Wiring {
  return wire(stateRoot, session.command, engineChoice(session));
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
    // Its providers are asked for their binding schemas, and where its states are.
    wiring: wire(io.cwd, command, engineChoice(session)),
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
    await learnSecrets(session.secrets, repository, content.placed, session.io.env);
    return await use({ wiring: wireFor(session, repository), repository, content });
  } finally {
    await content.close();
  }
}

/** Content without a value never ends as done, whatever its diagnostics say. */
export function blocked(diagnostics: readonly Diagnostic[]): ExitName {
  const exit = exitOfDiagnostics(diagnostics, 'error');
  return exit === 'done' ? 'failure' : exit;
}
