import { resolve } from 'node:path';
import { findRepository } from '../host/content-modules.ts';
import type { Content, Outcome, Repository } from './contract.ts';
import { loadContent, startSandbox } from './load-content.ts';
import { openRepository, type RepositoryRequest } from './open-repository.ts';

export interface OpenedContent {
  readonly repository: Repository;
  readonly content: Content;
}

/** Opens the repository and compiles its content; the sandbox comes up while the bindings are read. */
export async function openContent(request: RepositoryRequest): Promise<Outcome<OpenedContent>> {
  const root = await findRepository(resolve(request.directory));
  if (root === null) return { value: null, diagnostics: (await openRepository(request)).diagnostics };
  const sandbox = startSandbox(root, {});
  const { value: repository, diagnostics: opening } = await closingOnFailure(sandbox, openRepository(request));
  if (repository === null) {
    await sandbox.close();
    return { value: null, diagnostics: opening };
  }
  const { value: content, diagnostics } = await loadContent(repository, { sandbox });
  return { value: content && { repository, content }, diagnostics: [...opening, ...diagnostics] };
}

async function closingOnFailure<Result>(
  sandbox: ReturnType<typeof startSandbox>,
  work: Promise<Result>,
): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
