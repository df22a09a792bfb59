import type { Content, Outcome, Repository, Wiring } from './contract.ts';
import { type LoadOptions, loadContent } from './load-content.ts';
import { openRepository, type RepositoryRequest } from './open-repository.ts';
import { loadProviders, unloaded } from './optional-providers.ts';
import { type BegunSandbox, beginSandbox } from './start-sandbox.ts';

export interface OpenedContent {
  readonly repository: Repository;
  readonly content: Content;
}

export interface OpenOptions extends Pick<LoadOptions, 'readAhead'> {
  /** What `beginSandbox` gave for the directory of the request; without it a sandbox is started here. */
  readonly begun?: BegunSandbox | null;
}

/**
 * Opens the repository and compiles its content. The sandbox comes up while the bindings are read, and is
 * closed when there is no content.
 */
export async function openContent(
  request: RepositoryRequest,
  { begun, readAhead }: OpenOptions = {},
): Promise<Outcome<OpenedContent>> {
  const started = begun === undefined ? await beginSandbox(request.directory) : begun;
  if (started === null) return { value: null, diagnostics: (await openRepository(request)).diagnostics };
  const { sandbox } = started;
  let isOpen = false;
  try {
    const { value: repository, diagnostics: opening } = await openRepository(request);
    if (repository === null) return { value: null, diagnostics: opening };
    const { value: content, diagnostics } = await loadContent(repository, {
      begun: started,
      ...(readAhead && { readAhead }),
    });
    isOpen = content !== null;
    if (content !== null) await loadDeclared(request.wiring, content);
    return { value: content && { repository, content }, diagnostics: [...opening, ...diagnostics] };
  } finally {
    if (!isOpen) await sandbox.close();
  }
}

/** What is declared is judged by its provider, also where nothing of it is bound. */
async function loadDeclared(wiring: Wiring, { placed }: Content): Promise<void> {
  if (unloaded(wiring).length === 0) return;
  const declared = new Set(placed.map(({ type }) => type));
  await loadProviders(wiring, ({ resourceTypes }) => resourceTypes.some((type) => declared.has(type)));
}
