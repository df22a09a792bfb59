import { pipelineAlerts } from '../compile/pipelines/declared-alerts.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type Alert,
  boundTargets,
  type ConfigurationItem,
  DeclarationRefused,
  isInCluster,
  type OrganisationDeclaration,
  type Resource,
  type Stack,
} from '../model/index.ts';
import type { JudgedAhead } from '../policy/judge-ahead.ts';
import type { Policy } from '../policy/policy.ts';
import { describeCollection } from './agents/describe-collection.ts';
import { relativePositions } from './relative-positions.ts';
import type { CompiledContent, LoadedContent } from './session-compile.ts';
import type {
  DeclaredAlert,
  DeclaredStack,
  LoadAnswer,
  LoadRequest,
  ResourcesRequest,
  SessionRequest,
} from './session-messages.ts';
import { type TakenExports, takeExports } from './take-exports.ts';

/**
 * The child's side of compiling: everything of the repository that is code runs here, behind the walls of the sandbox.
 * First it loads content and tells what was declared; with the checked items it compiles; with a plan it judges.
 */
export async function handle(request: unknown, { repository }: { readonly repository: string }): Promise<unknown> {
  const message = request as SessionRequest;
  switch (message.kind) {
    case 'load':
      return relativePositions(await load(message, repository), repository);
    case 'prepare':
      await compiler();
      return {};
    case 'items':
      for (const item of message.items) items.push(item);
      return {};
    case 'compile':
      if (loaded === null) throw new Error('Bug: compile was asked for before load.');
      compiled = await (await compiler()).compile({ ...loaded, items }, message);
      return relativePositions(compiled.answer, repository);
    case 'resources':
      return relativePositions({ resources: resourcesIn(message.form).slice(message.from, message.to) }, repository);
    case 'judge-ahead':
      ahead = (await compiler()).judgeContent(afterCompile());
      return {};
    case 'judge':
      return relativePositions({ diagnostics: (await compiler()).judge(afterCompile(), message, ahead) }, repository);
    default:
      return message satisfies never;
  }
}

/** Compilers and policies are half of the code. Content does not need them, so it is loaded first. */
const compiler = () => import('./session-compile.ts');

// The child serves one command and then ends, so what it has learned lives as long as it does.
let loaded: LoadedContent | null = null;
const items: ConfigurationItem[] = [];
let compiled: CompiledContent | null = null;
let ahead: JudgedAhead = new Map();

function resourcesIn(form: ResourcesRequest['form']): readonly Resource[] {
  const { resources, placed } = afterCompile();
  return form === 'meant' ? resources : placed;
}

function afterCompile(): CompiledContent {
  if (compiled === null) throw new Error('Bug: this is asked for after compile.');
  return compiled;
}

async function load({ files }: LoadRequest, repository: string): Promise<LoadAnswer> {
  const diagnostics: Diagnostic[] = [];
  const refused = new Set<DeclarationRefused>();
  const taken = {
    organisations: [] as OrganisationDeclaration[],
    stacks: [] as Stack[],
    items: [] as LoadAnswer['items'][number][],
    policies: [] as Policy[],
  };
  for (const file of files) {
    // One after another: a denial names the file that was begun last, and declarations keep the order of files.
    const part = await takeFile(file, repository, refused);
    diagnostics.push(...part.diagnostics);
    taken.organisations.push(...part.organisations);
    taken.stacks.push(...part.stacks);
    taken.items.push(...part.items);
    taken.policies.push(...part.policies);
  }
  const [organisation] = taken.organisations;
  if (organisation !== undefined) loaded = { organisation, stacks: taken.stacks, policies: taken.policies };
  return {
    diagnostics,
    organisation: organisation === undefined ? null : describeOrganisation(organisation),
    classes: (organisation?.catalogue.classes ?? []).map(({ id, attributes, conflicts = [], source }) => ({
      id,
      attributes,
      conflicts,
      source,
    })),
    alerts: [
      ...(organisation?.catalogue.alerts ?? []).flatMap((pack) => Object.values(pack.alerts).map(describeAlert)),
      ...taken.stacks.flatMap(({ collections }) => collections.flatMap(({ pipeline }) => pipelineAlerts(pipeline))),
    ],
    collection: describeCollection(organisation?.catalogue.classes ?? []),
    items: taken.items,
    stacks: taken.stacks.map((stack) => ({
      name: stack.name,
      tier: stack.tier,
      site: stack.site,
      parent: stack.parent ?? null,
      team: stack.team,
      targets: stack.targets,
      bound: boundTargets(stack),
      home:
        stack.home !== undefined && isInCluster(stack, 'prometheus')
          ? { namespace: stack.home.namespace, labels: stack.home.labels }
          : null,
      mutes: stack.mutes,
      ...manifestsOf(stack),
      source: stack.source,
    })),
    policies: taken.policies.map(({ id, level, title, clauses }) => ({ id, level, title, clauses })),
  };
}

/** A call that is refused ends its file; all others are looked at. Who imports that file fails of the same, told once. */
async function takeFile(file: string, repository: string, refused: Set<DeclarationRefused>): Promise<TakenExports> {
  try {
    const module: { readonly default?: unknown } = await import(
      new URL(encodeURI(file), `file://${encodeURI(repository)}/`).href
    );
    return takeExports(file, module.default);
  } catch (thrown) {
    if (!(thrown instanceof DeclarationRefused)) throw thrown;
    const diagnostics = refused.has(thrown) ? [] : thrown.diagnostics;
    refused.add(thrown);
    return { organisations: [], stacks: [], items: [], policies: [], diagnostics };
  }
}

/** All of it but the catalogue, whose functions do not leave the child. */
function describeOrganisation({
  catalogue: _,
  kind: __,
  ...organisation
}: OrganisationDeclaration): LoadAnswer['organisation'] {
  return organisation;
}

function describeAlert({ id, name, class: of, signal, samples, ...alert }: Alert): DeclaredAlert {
  const { when, for: wait, severity, source } = alert;
  return {
    id,
    name,
    class: of,
    signal,
    when,
    for: wait,
    severity,
    source,
    ...(samples === undefined ? {} : { samples }),
  };
}

function manifestsOf({ inclusions }: Stack): Pick<DeclaredStack, 'manifests'> {
  const manifests = inclusions.flatMap(({ content: { kind, id }, source }) =>
    kind === 'manifest-files' ? [{ pattern: id, source }] : [],
  );
  return manifests.length === 0 ? {} : { manifests };
}
