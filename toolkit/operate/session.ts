import { compileGroup } from '../compile/compile-group.ts';
import type { OperatedStack, Surroundings } from '../compile/operated-stack.ts';
import { collectedBy, pipelineAlerts } from '../compile/pipelines/index.ts';
import { upheldBy } from '../compile/slos/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type Alert,
  type ConfigurationItem,
  DeclarationRefused,
  describeSelection,
  type ItemSelection,
  type OrganisationDeclaration,
  type Resource,
  type Stack,
} from '../model/index.ts';
import type { Plan } from '../plan/plan.ts';
import { freezeDeep } from '../policy/freeze-input.ts';
import { judgePolicies, type Policy } from '../policy/index.ts';
import { describeCollection } from './agents/describe-collection.ts';
import { relativePositions } from './relative-positions.ts';
import type {
  CompileAnswer,
  CompileRequest,
  DeclaredAlert,
  JudgeRequest,
  LoadAnswer,
  LoadRequest,
  SessionRequest,
  SurroundingsData,
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
    case 'compile':
      return relativePositions(compile(message), repository);
    case 'resources':
      return relativePositions({ resources: compiledResources().slice(message.from, message.to) }, repository);
    case 'freeze':
      freezeDeep(compiledResources());
      return {};
    case 'judge':
      return relativePositions({ diagnostics: judge(message) }, repository);
    default:
      return message satisfies never;
  }
}

interface Loaded {
  readonly organisation: OrganisationDeclaration;
  readonly stacks: readonly Stack[];
  readonly policies: readonly Policy[];
}

interface Compiled {
  readonly items: readonly ConfigurationItem[];
  readonly resources: readonly Resource[];
  readonly operatedBy: ReadonlyMap<string, string>;
}

// The child serves one command and then ends, so what it has learned lives as long as it does.
let loaded: Loaded | null = null;
let compiled: Compiled | null = null;

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
    stacks: taken.stacks.map(({ name, tier, site, parent, team, targets, mutes, source }) => ({
      name,
      tier,
      site,
      parent: parent ?? null,
      team,
      targets,
      mutes,
      source,
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

function compile({ items, surroundings }: CompileRequest): CompileAnswer {
  if (loaded === null) throw new Error('Bug: compile was asked for before load.');
  const declarations = {
    organisation: loaded.organisation,
    stacks: loaded.stacks,
    items,
    surroundings: surroundingsOf(surroundings),
  };
  const group = compileGroup(declarations);
  const { operated } = group;
  const operatedBy = new Map(
    operated.flatMap(({ stack, items: own }) => own.map((item) => [item.id, stack.name] as const)),
  );
  compiled = { items, resources: group.resources, operatedBy };
  return {
    resources: group.resources.length,
    diagnostics: group.diagnostics,
    statements: describeStatements(loaded.stacks),
    objectives: operated.flatMap((one) => describeObjectives(one, operatedBy)),
    scripts: [...new Set(operated.flatMap(({ stack }) => stack.scripts.map(({ script }) => script)))],
    pipelines: operated.flatMap((one) =>
      collectedBy(one).map(({ pipeline, stack }) => ({ pipeline, stack: stack.name })),
    ),
  };
}

function compiledResources(): readonly Resource[] {
  if (compiled === null) throw new Error('Bug: resources were asked for before compile.');
  return compiled.resources;
}

function judge({ plan, today }: JudgeRequest): readonly Diagnostic[] {
  if (loaded === null || compiled === null) throw new Error('Bug: judge was asked for before compile.');
  const { organisation, stacks, policies } = loaded;
  return judgePolicies(policies, { organisation, stacks, ...compiled, plan: plan as Plan | null, today });
}

/** Addresses and pace as functions, from the plain data that crossed. */
function surroundingsOf({ addresses, endpoints, directories, speed }: SurroundingsData): Surroundings {
  return {
    endpoint: (declared) => mapEndpoint(declared, addresses),
    targetEndpoint: (stack, target) =>
      endpoints[`${stack}/${target}`] ?? mapEndpoint(`${target}.${stack}:${usualPorts[target] ?? 80}`, addresses),
    targetDirectory: (stack, target) =>
      directories[`${stack}/${target}`] ?? usualDirectories[target] ?? `/etc/${target}`,
    speed,
  };
}

const usualPorts: Readonly<Record<string, number>> = {
  prometheus: 9090,
  alertmanager: 9093,
  blackbox: 9115,
  snmp: 9116,
  modbus: 9602,
  ipmi: 9290,
  json: 7979,
  mtail: 3903,
  vector: 9598,
  otelcol: 8889,
  grafana: 3000,
};
const usualDirectories: Readonly<Record<string, string>> = { grafana: '/var/lib/grafana' };

/** `host:port`, or the `host:port` inside a URL, as the bindings map it; they may give another scheme too. */
function mapEndpoint(declared: string, addresses: Readonly<Record<string, string>>): string {
  const url = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]+)(.*)$/i.exec(declared);
  if (url === null) return addresses[declared] ?? declared;
  const [, scheme = '', authority = '', rest = ''] = url;
  const mapped = addresses[authority];
  if (mapped === undefined) return declared;
  return `${mapped.includes('://') ? '' : scheme}${mapped}${rest}`;
}

function describeObjectives(
  operated: OperatedStack,
  operatedBy: ReadonlyMap<string, string>,
): CompileAnswer['objectives'] {
  return upheldBy(operated).map(({ slo, stack, items, source }) => ({
    slo,
    stack: stack.name,
    items: items.map(({ id }) => id),
    operators: [...new Set(items.flatMap(({ id }) => operatedBy.get(id) ?? []))].sort(),
    source,
  }));
}

function describeStatements(stacks: readonly Stack[]): CompileAnswer['statements'] {
  const inWords = (selection: ItemSelection): string => describeSelection(selection);
  return stacks.flatMap((stack) => [
    ...stack.tunings.map(({ selection, alert, change, source }) => ({
      kind: 'tuning' as const,
      stack: stack.name,
      selection: inWords(selection),
      subject: alert.id,
      reason: change.reason,
      approver: null,
      until: null,
      source,
    })),
    ...stack.waivers.map(({ selection, waived, terms, source }) => ({
      kind: 'waiver' as const,
      stack: stack.name,
      selection: inWords(selection),
      subject: waived.id,
      reason: terms.reason,
      approver: terms.approver,
      until: terms.until,
      source,
    })),
  ]);
}
