import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBoundTargets } from '../compile/bindings/index.ts';
import { checkItems, readInventories } from '../compile/inventory/index.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { listContentModules } from '../host/content-modules.ts';
import { readContentFiles } from '../host/read-content.ts';
import type { Sandbox } from '../host/sandbox/index.ts';
import { type Digest, digestOf, digestOfText, type JsonValue, type Resource } from '../model/index.ts';
import { contentDiagnostics } from './content-diagnostics.ts';
import type { Content, Outcome, Repository } from './contract.ts';
import { describeDenial } from './describe-denial.ts';
import { surroundingsOf } from './open-repository.ts';
import { countRecorded } from './recorded-objects.ts';
import type {
  CompileAnswer,
  CompileRequest,
  FreezeRequest,
  JudgeAnswer,
  JudgeRequest,
  LoadAnswer,
  LoadRequest,
  ResourcesAnswer,
  ResourcesRequest,
  SessionRequest,
} from './session-messages.ts';
import { type SandboxStart, startSandbox } from './start-sandbox.ts';

export interface LoadOptions extends SandboxStart {
  /** One that was started for this repository; it is closed when there is no content. */
  readonly sandbox?: Sandbox;
  /** Stacks that a plan will look at (none named: all), whose objects are read while the content is compiled. */
  readonly readAhead?: readonly string[];
}

/** Keeps an answer at about a megabyte. */
const resourcesAtOnce = 1000;

/**
 * Runs the repository's code in the sandbox, checks the inventories against the classes that it declares, and compiles.
 * Without an error the value is there; its sandbox stays open for the policies until it is closed.
 */
export async function loadContent(repository: Repository, options: LoadOptions): Promise<Outcome<Content>> {
  // Started first: it comes up while the files are read.
  const sandbox = options.sandbox ?? startSandbox(repository.root, options);
  const loading = new Loading(sandbox, options);
  let content: Content | null = null;
  try {
    const reading = [listContentModules(repository.root), readContentFiles(repository.root)] as const;
    const [files, inventories] = await Promise.all(reading);
    content = await loading.content(repository, files, inventories);
  } finally {
    if (content === null) await sandbox.close();
  }
  return { value: content, diagnostics: sortDiagnostics(loading.diagnostics) };
}

type Inventories = Awaited<ReturnType<typeof readContentFiles>>;

interface CompiledResources {
  readonly resources: readonly Resource[];
  /** One for each part. */
  readonly digests: readonly Digest[];
}

/** One run through the sandbox, gathering what there is to tell on the way. */
class Loading {
  readonly diagnostics: Diagnostic[] = [];
  readonly #sandbox: Sandbox;
  readonly #readAhead: readonly string[] | undefined;

  constructor(sandbox: Sandbox, { readAhead }: LoadOptions) {
    this.#sandbox = sandbox;
    this.#readAhead = readAhead;
  }

  async content(repository: Repository, files: readonly string[], inventories: Inventories): Promise<Content | null> {
    this.diagnostics.push(...inventories.diagnostics);
    const loading = this.#ask<LoadRequest, LoadAnswer>({ kind: 'load', files });
    await this.#sandbox.sent(); // The child loads content while the inventories are read here.
    const raw = readInventories(inventories.files);
    const loaded = await loading;
    if (loaded === null) return null;
    this.diagnostics.push(...loaded.diagnostics, ...missingDeclarations(loaded));
    const { organisation } = loaded;
    if (organisation === null || this.#hasErrors()) return null;

    const checked = checkItems({ raw: raw.items, declared: loaded.items, classes: loaded.classes, organisation });
    this.diagnostics.push(...raw.diagnostics, ...checked.diagnostics);
    if (this.#hasErrors()) return null;

    this.diagnostics.push(...(await checkBindings(repository, loaded)));
    if (this.#hasErrors()) return null;

    const surroundings = surroundingsOf(repository.bindings);
    const compiling = this.#ask<CompileRequest, CompileAnswer>({ kind: 'compile', items: checked.items, surroundings });
    await this.#sandbox.sent();
    // Meanwhile the states are read, which a plan needs next. Who needs them sees why they fail.
    void repository.recordedStates().catch(() => undefined);
    if (this.#readAhead !== undefined) repository.earlyReadings.begin(this.#readAhead);
    const compiled = await compiling;
    if (compiled === null) return null;
    this.diagnostics.push(...compiled.diagnostics);
    if (this.#hasErrors()) return null;
    const parts = await this.#resources(compiled.resources);
    if (parts === null) return null;
    // Nobody waits for it: the next question does.
    void this.#ask<FreezeRequest, unknown>({ kind: 'freeze' });

    return {
      organisation,
      stacks: loaded.stacks,
      items: checked.items,
      resources: parts.resources,
      statements: compiled.statements,
      objectives: compiled.objectives,
      scripts: compiled.scripts,
      pipelines: compiled.pipelines,
      alerts: loaded.alerts,
      collection: loaded.collection,
      policies: loaded.policies,
      inputs: {
        content: digestOf(parts.digests),
        policies: await digestPolicies(repository.root, files, loaded),
      },
      judge: async (plan, today) => {
        const answer = await this.#ask<JudgeRequest, JudgeAnswer>({ kind: 'judge', plan, today });
        return answer === null ? this.diagnostics.slice(-1) : answer.diagnostics;
      },
      close: () => this.#sandbox.close(),
    };
  }

  /** Part by part: while one is taken in, the child prints the next. */
  async #resources(count: number): Promise<CompiledResources | null> {
    const resources: Resource[] = [];
    const digests: Digest[] = [];
    const ask = (from: number) =>
      this.#request<ResourcesRequest, ResourcesAnswer>({ kind: 'resources', from, to: from + resourcesAtOnce });
    let asked = ask(0);
    for (let next = resourcesAtOnce; ; next += resourcesAtOnce) {
      const answer = await asked;
      if (answer === null) return null;
      const isLast = next >= count;
      if (!isLast) {
        asked = ask(next);
        await this.#sandbox.sent();
      }
      resources.push(...answer.value.resources);
      // As the child printed it: compiling is deterministic down to the order of keys.
      digests.push(digestOfText(answer.bytes));
      if (isLast) return { resources, digests };
    }
  }

  #hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === 'error');
  }

  async #ask<Request extends SessionRequest, Answer>(request: Request): Promise<Answer | null> {
    const answer = await this.#request<Request, Answer>(request);
    return answer === null ? null : answer.value;
  }

  /** The answer is made by code under review; what is acted on in it is checked where it is used. */
  async #request<Request extends SessionRequest, Answer>(
    request: Request,
  ): Promise<{ readonly value: Answer; readonly bytes: Uint8Array } | null> {
    const answer = await this.#sandbox.request(request);
    if (answer.ok) return { value: answer.value as Answer, bytes: answer.bytes };
    this.diagnostics.push(describeDenial(answer.denial));
    return null;
  }
}

function missingDeclarations({ organisation, stacks, diagnostics }: LoadAnswer): readonly Diagnostic[] {
  if (diagnostics.length > 0) return [];
  const position = { file: 'cmdb/organisation/index.ts', line: 1, column: 1 };
  return [
    ...(organisation === null ? [contentDiagnostics.create('no-organisation', {}, { position })] : []),
    ...(stacks.length === 0 ? [contentDiagnostics.create('no-stacks', {})] : []),
  ];
}

/** What is bound must be declared. What is declared and not bound matters once it is planned, and is told then. */
async function checkBindings(repository: Repository, { stacks }: LoadAnswer): Promise<readonly Diagnostic[]> {
  const { bindings, boundAt } = repository;
  if (bindings.targets.length === 0) return [];
  const declared = new Set(stacks.flatMap(({ name, targets }) => targets.map((target) => `${name}/${target}`)));
  const strangers = bindings.targets.filter(({ stack, target }) => !declared.has(`${stack}/${target}`));
  const recorded = await countRecorded(repository, new Set(strangers.map(({ stack }) => stack)));
  return checkBoundTargets({ bindings, positionOf: boundAt, diagnostics: [] }, stacks, recorded).filter(
    ({ code }) => code !== 'bindings/target-not-bound',
  );
}

/** Policies are code: their version is the bytes of the repository's own and the identity of those of the catalogue. */
async function digestPolicies(root: string, files: readonly string[], { policies }: LoadAnswer): Promise<Digest> {
  const own = files.filter((file) => file.startsWith('policies/'));
  const texts = await Promise.all(
    own.map(async (file) => ({ file, digest: digestOfText(await readFile(join(root, file))) })),
  );
  return digestOf({ own: texts, inForce: policies as unknown as JsonValue });
}
