import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkBoundTargets, checkSharedHomes } from '../compile/bindings/index.ts';
import { checkItems, readInventories } from '../compile/inventory/index.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { readContentFiles } from '../host/read-content.ts';
import type { Sandbox, SandboxAnswer } from '../host/sandbox/index.ts';
import {
  type ConfigurationItem,
  type Digest,
  digestOf,
  digestOfText,
  type JsonValue,
  mayNameSecrets,
  nameNoSecrets,
  type Resource,
} from '../model/index.ts';
import { contentDiagnostics } from './content-diagnostics.ts';
import type { Content, Outcome, Repository } from './contract.ts';
import { describeDenial } from './describe-denial.ts';
import { surroundingsOf } from './open-repository.ts';
import { countRecorded } from './recorded-objects.ts';
import type {
  CompileAnswer,
  CompileRequest,
  ItemsRequest,
  JudgeAheadRequest,
  JudgeAnswer,
  JudgeRequest,
  LoadAnswer,
  ResourcesAnswer,
  ResourcesRequest,
  SessionRequest,
} from './session-messages.ts';
import { type BegunSandbox, type SandboxStart, startSandbox } from './start-sandbox.ts';

export interface LoadOptions extends SandboxStart {
  /** One that was begun for this repository; it is closed when there is no content. */
  readonly begun?: BegunSandbox;
  /** Stacks that a plan will look at (none named: all), whose objects are read while the content is compiled. */
  readonly readAhead?: readonly string[];
}

/** Items or resources in one message: keeps it at about a megabyte. */
const partSize = 1000;
/** Parts of the resources that the child may have been asked for while this process is busy with an earlier one. */
const partsAhead = 3;

/**
 * Runs the repository's code in the sandbox, checks the inventories against the classes that it declares, and compiles.
 * Without an error the value is there; its sandbox stays open for the policies until it is closed.
 */
export async function loadContent(repository: Repository, options: LoadOptions): Promise<Outcome<Content>> {
  const begun = options.begun ?? (await startSandbox(repository.root, options));
  const loading = new Loading(begun, options);
  let content: Content | null = null;
  try {
    content = await loading.content(repository, await readContentFiles(repository.root));
  } finally {
    if (content === null) await begun.sandbox.close();
  }
  const { diagnostics } = loading;
  const pointed = diagnostics.some(({ position }) => position?.path !== undefined)
    ? await (await import('./point-at-fields.ts')).pointAtFields(repository.root, diagnostics)
    : diagnostics;
  return { value: content, diagnostics: sortDiagnostics(pointed) };
}

type Inventories = Awaited<ReturnType<typeof readContentFiles>>;

interface CompiledResources {
  readonly resources: readonly Resource[];
  /** One for each part. */
  readonly digests: readonly Digest[];
}

interface Compiling {
  readonly answer: Promise<CompileAnswer | null>;
  /** The first parts of the resources. */
  readonly parts: Promise<SandboxAnswer>[];
}

/** One run through the sandbox, gathering what there is to tell on the way. */
class Loading {
  readonly diagnostics: Diagnostic[] = [];
  readonly #begun: BegunSandbox;
  readonly #sandbox: Sandbox;
  readonly #readAhead: readonly string[] | undefined;

  constructor(begun: BegunSandbox, { readAhead }: LoadOptions) {
    this.#begun = begun;
    this.#sandbox = begun.sandbox;
    this.#readAhead = readAhead;
  }

  async content(repository: Repository, inventories: Inventories): Promise<Content | null> {
    this.diagnostics.push(...inventories.diagnostics);
    const raw = readInventories(inventories.files);
    // Still waiting, so the states are read, which a plan needs later. Who needs them sees why they fail.
    void repository.recordedStates().catch(() => undefined);
    const loaded = this.#accept<LoadAnswer>(await this.#begun.loading)?.value ?? null;
    if (loaded === null) return null;
    this.diagnostics.push(...loaded.diagnostics, ...missingDeclarations(loaded));
    const { organisation } = loaded;
    if (organisation === null || this.#hasErrors()) return null;

    const { items: declared, classes } = loaded;
    const checked = checkItems({ raw: raw.items, refused: raw.refused, declared, classes, organisation });
    this.diagnostics.push(...raw.diagnostics, ...checked.diagnostics);
    if (this.#hasErrors()) return null;

    this.diagnostics.push(...(await checkBindings(repository, loaded)));
    if (this.#hasErrors()) return null;

    const manifests = await this.#manifests(repository, loaded);
    if (this.#hasErrors()) return null;

    const surroundings = surroundingsOf(repository.bindings);
    const compiling = this.#compile(checked.items, { surroundings, ...manifests });
    await this.#sandbox.sent();
    // Meanwhile the targets are looked at, which a plan does next.
    if (this.#readAhead !== undefined) repository.earlyReadings.begin(this.#readAhead);
    const compiled = await compiling.answer;
    if (compiled === null) return null;
    this.diagnostics.push(...compiled.diagnostics);
    if (this.#hasErrors()) return null;
    const parts = await this.#resources(compiling.parts, compiled.resources, 'meant');
    if (parts === null) return null;
    const placed = compiled.placed === null ? parts : await this.#resources([], compiled.placed, 'placed');
    if (placed === null) return null;
    // Nobody waits for it: the next question does.
    void this.#ask<JudgeAheadRequest, unknown>({ kind: 'judge-ahead' });

    return {
      organisation,
      stacks: loaded.stacks,
      items: checked.items,
      resources: parts.resources,
      placed: placed.resources,
      statements: compiled.statements,
      objectives: compiled.objectives,
      scripts: compiled.scripts,
      pipelines: compiled.pipelines,
      alerts: loaded.alerts,
      collection: loaded.collection,
      policies: loaded.policies,
      inputs: {
        content: digestOf(placed.digests),
        policies: await digestPolicies(repository.root, this.#begun.files, loaded),
      },
      judge: async (plan, today) => {
        const answer = await this.#ask<JudgeRequest, JudgeAnswer>({ kind: 'judge', plan, today });
        return answer === null ? this.diagnostics.slice(-1) : answer.diagnostics;
      },
      close: () => this.#sandbox.close(),
    };
  }

  /** Objects of clusters that are written in YAML; most content has none, and loads nothing for it. */
  async #manifests({ root }: Repository, { stacks }: LoadAnswer): Promise<Pick<CompileRequest, 'manifests'>> {
    const patterns = stacks.flatMap(({ manifests = [] }) => manifests);
    if (patterns.length === 0) return {};
    const { includedManifests, manifestFolder } = await import('../compile/manifests/index.ts');
    const { files, diagnostics } = await readContentFiles(root, manifestFolder);
    const read = includedManifests(files, patterns);
    this.diagnostics.push(...diagnostics, ...read.diagnostics);
    return { manifests: read.manifests };
  }

  /** With them go the first questions for what becomes of them, so that the child does not wait for this process. */
  #compile(items: readonly ConfigurationItem[], given: Omit<CompileRequest, 'kind'>): Compiling {
    for (let from = 0; from < items.length; from += partSize)
      void this.#sandbox.request({ kind: 'items', items: items.slice(from, from + partSize) } satisfies ItemsRequest);
    const answer = this.#ask<CompileRequest, CompileAnswer>({ kind: 'compile', ...given });
    return { answer, parts: Array.from({ length: partsAhead }, (_, part) => this.#askForPart(part, 'meant')) };
  }

  #askForPart(part: number, form: ResourcesRequest['form']): Promise<SandboxAnswer> {
    const from = part * partSize;
    return this.#sandbox.request({ kind: 'resources', form, from, to: from + partSize } satisfies ResourcesRequest);
  }

  /** Part by part: while one is taken in, the child prints the next. */
  async #resources(
    asked: Promise<SandboxAnswer>[],
    count: number,
    form: ResourcesRequest['form'],
  ): Promise<CompiledResources | null> {
    const resources: Resource[] = [];
    const digests: Digest[] = [];
    const parts = Math.max(1, Math.ceil(count / partSize));
    for (let part = 0; part < parts; part++) {
      if (asked.length < parts) asked.push(this.#askForPart(asked.length, form));
      const answer = this.#accept<ResourcesAnswer>(await (asked[part] ?? this.#askForPart(part, form)));
      if (answer === null) return null;
      resources.push(...answer.value.resources);
      if (!mayNameSecrets(answer.bytes)) nameNoSecrets(answer.value.resources.map(({ spec }) => spec));
      // As the child printed it: compiling is deterministic down to the order of keys.
      digests.push(digestOfText(answer.bytes));
    }
    return { resources, digests };
  }

  #hasErrors(): boolean {
    return this.diagnostics.some(({ severity }) => severity === 'error');
  }

  async #ask<Request extends SessionRequest, Answer>(request: Request): Promise<Answer | null> {
    return this.#accept<Answer>(await this.#sandbox.request(request))?.value ?? null;
  }

  /** The answer is made by code under review; what is acted on in it is checked where it is used. */
  #accept<Answer>(answer: SandboxAnswer): { readonly value: Answer; readonly bytes: Uint8Array } | null {
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
  const declared = new Set(stacks.flatMap(({ name, bound }) => bound.map((target) => `${name}/${target}`)));
  const strangers = bindings.targets.filter(({ stack, target }) => !declared.has(`${stack}/${target}`));
  const recorded = await countRecorded(repository, new Set(strangers.map(({ stack }) => stack)));
  const boundStacks = stacks.map(({ name, bound, source }) => ({ name, targets: bound, source }));
  return [
    ...checkSharedHomes(bindings.targets, stacks, boundAt),
    ...checkBoundTargets({ bindings, positionOf: boundAt, diagnostics: [] }, boundStacks, recorded).filter(
      ({ code }) => code !== 'bindings/target-not-bound',
    ),
  ];
}

/** Policies are code: their version is the bytes of the repository's own and the identity of those of the catalogue. */
async function digestPolicies(root: string, files: readonly string[], { policies }: LoadAnswer): Promise<Digest> {
  const own = files.filter((file) => file.startsWith('policies/'));
  const texts = await Promise.all(
    own.map(async (file) => ({ file, digest: digestOfText(await readFile(join(root, file))) })),
  );
  return digestOf({ own: texts, inForce: policies as unknown as JsonValue });
}
