import { compileGroup } from '../compile/compile-group.ts';
import type { Homes, PlacedGroup } from '../compile/homes.ts';
import type { OperatedStack, Surroundings } from '../compile/operated-stack.ts';
import { collectedBy } from '../compile/pipelines/index.ts';
import type { SilenceCompiler } from '../compile/silences/index.ts';
import { upheldBy } from '../compile/slos/index.ts';
import type { TenancyCompiler } from '../compile/tenancy/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type ConfigurationItem,
  describeSelection,
  type ItemSelection,
  type OrganisationDeclaration,
  type Resource,
  type Stack,
} from '../model/index.ts';
import type { Plan } from '../plan/plan.ts';
import { type JudgedAhead, judgeAhead, judgePolicies, type Policy, type PolicyContent } from '../policy/index.ts';
import type { CompileAnswer, CompileRequest, JudgeRequest, SurroundingsData } from './session-messages.ts';

export interface LoadedContent {
  readonly organisation: OrganisationDeclaration;
  readonly stacks: readonly Stack[];
  readonly policies: readonly Policy[];
}

export interface CompiledContent extends LoadedContent {
  readonly items: readonly ConfigurationItem[];
  readonly resources: readonly Resource[];
  /** The same as systems hold them. */
  readonly placed: readonly Resource[];
  /** Names of stacks by item. */
  readonly operatedBy: ReadonlyMap<string, string>;
  readonly answer: CompileAnswer;
}

/** What the child does once content is loaded: it derives the resources, and later judges a plan of them. */
export async function compile(
  content: LoadedContent & { readonly items: readonly ConfigurationItem[] },
  { surroundings, manifests }: Pick<CompileRequest, 'surroundings' | 'manifests'>,
): Promise<CompiledContent> {
  const { organisation, items } = content;
  const stacks =
    manifests === undefined
      ? content.stacks
      : (await import('../compile/manifests/expand-manifests.ts')).expandManifests(content.stacks, manifests);
  const declarations = { organisation, stacks, items, surroundings: surroundingsOf(surroundings) };
  const group = await withClusterObjects(
    compileGroup(declarations, await homesOf(stacks), await tenancyOf(stacks), await silencesOf(stacks)),
    organisation.id,
  );
  const { operated, resources, placed } = group;
  const operatedBy = new Map(
    operated.flatMap(({ stack, items: own }) => own.map((item) => [item.id, stack.name] as const)),
  );
  const answer = {
    resources: resources.length,
    placed: placed === resources ? null : placed.length,
    diagnostics: group.diagnostics,
    statements: describeStatements(stacks),
    objectives: operated.flatMap((one) => describeObjectives(one, operatedBy)),
    scripts: [...new Set(operated.flatMap(({ stack }) => stack.scripts.map(({ script }) => script)))],
    pipelines: operated.flatMap((one) =>
      collectedBy(one).map(({ pipeline, stack }) => ({ pipeline, stack: stack.name })),
    ),
  };
  return { ...content, stacks, resources, placed, operatedBy, answer };
}

/** What is at home in a cluster needs code that no other group does. */
async function homesOf(stacks: readonly Stack[]): Promise<Homes | undefined> {
  if (stacks.every(({ home }) => home === undefined)) return undefined;
  return (await import('../compile/kubernetes/index.ts')).clusterHomes;
}

/** As above, of groups in which no stack isolates a tenant. */
async function tenancyOf(stacks: readonly Stack[]): Promise<TenancyCompiler | null> {
  if (stacks.every(({ isolations }) => isolations.length === 0)) return null;
  return (await import('../compile/tenancy/index.ts')).tenancyCompiler;
}

async function silencesOf(stacks: readonly Stack[]): Promise<SilenceCompiler | null> {
  if (stacks.every(({ silences }) => silences.length === 0)) return null;
  return (await import('../compile/silences/index.ts')).silenceCompiler;
}

/** Objects of a cluster say whose they are and wait for each other, by rules that nothing else needs. */
async function withClusterObjects<Group extends PlacedGroup>(group: Group, organisation: string): Promise<Group> {
  if (!group.placed.some(({ type }) => type === 'kubernetes-object')) return group;
  const { completeClusterObjects: complete } = await import('../compile/cluster-objects.ts');
  const resources = complete(group.resources, organisation);
  return {
    ...group,
    resources,
    placed: group.placed === group.resources ? resources : complete(group.placed, organisation),
  };
}

/** While the parent plans: what policies find without a plan. */
export function judgeContent(content: CompiledContent): JudgedAhead {
  return judgeAhead(content.policies, judgedContent(content));
}

export function judge(
  content: CompiledContent,
  { plan, today }: Pick<JudgeRequest, 'plan' | 'today'>,
  ahead: JudgedAhead,
): readonly Diagnostic[] {
  return judgePolicies(content.policies, { ...judgedContent(content), plan: plan as Plan | null, today }, ahead);
}

function judgedContent({ organisation, stacks, items, resources, operatedBy }: CompiledContent): PolicyContent {
  return { organisation, stacks, items, resources, operatedBy };
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
