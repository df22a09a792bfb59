import { type Diagnostic, Failure } from '../../diagnostics/index.ts';
import { inParallel } from '../../host/in-parallel.ts';
import type { AccessTrial, Resource } from '../../model/index.ts';
import type { TargetSessions } from '../target-sessions.ts';
import { tryClusterRights } from './cluster-rights.ts';
import { compareBindings, comparePolicies } from './compare-walls.ts';
import { declaredSpaces, type Space } from './declared-spaces.ts';
import { describeFindings } from './describe-findings.ts';
import { type Identity, identitiesOf } from './identities.ts';
import { aspects, cellsOf, type Evidence, type StackTenancy, type TenancyReport } from './tenancy-report.ts';
import { tryAcross } from './try-across.ts';
import { tryWithin } from './try-within.ts';

export interface VerifyRequest {
  readonly placed: readonly Resource[];
  /** Names of the stacks to look at. */
  readonly stacks: readonly string[];
  /** Only what concerns these, as who does harm or to whom it is done; empty: all. */
  readonly tenants: readonly string[];
  readonly sessions: TargetSessions;
  readonly report: (message: string) => void;
}

/** Tries, cluster by cluster, what tenants could do to each other. Changes nothing. */
export async function verifyTenancy(request: VerifyRequest): Promise<TenancyReport> {
  const stacks: StackTenancy[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const stack of request.stacks) {
    const spaces = declaredSpaces(stack, request.placed);
    if (spaces.length === 0) continue;
    request.report(`Trying what the tenants of ${stack} can do to each other`);
    const { evidence, failure } = await gather(request, stack, spaces);
    const tenants = [...new Set(spaces.map(({ tenant }) => tenant))].sort();
    const isWanted = (name: string | null) => name === null || request.tenants.includes(name);
    const wanted =
      request.tenants.length === 0 ? evidence : evidence.filter((one) => isWanted(one.tenant) || isWanted(one.other));
    const cells = cellsOf(stack, tenants, wanted).filter(
      ({ tenant, other }) => request.tenants.length === 0 || isWanted(tenant) || isWanted(other),
    );
    stacks.push({ stack, tenants, cells, evidence: wanted });
    diagnostics.push(...(failure === null ? describeFindings(stack, wanted, spaces) : [failure]));
  }
  return { stacks, diagnostics };
}

interface Gathered {
  readonly evidence: readonly Evidence[];
  readonly failure: Diagnostic | null;
}

async function gather(request: VerifyRequest, stack: string, spaces: readonly Space[]): Promise<Gathered> {
  try {
    const { trial } = request.sessions.open(stack, 'kubernetes');
    if (trial === undefined) return untriedAll('what it is bound to knows no users');
    return { evidence: await tryAll(trial, spaces), failure: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { diagnostic } = error;
    return { ...untriedAll(diagnostic.detail), failure: { ...diagnostic, subject: diagnostic.subject ?? stack } };
  }
}

function untriedAll(answered: string): Gathered {
  const asked = 'the cluster';
  const evidence = aspects.map(
    (aspect): Evidence => ({ tenant: null, other: null, aspect, verdict: 'untried', asked, answered }),
  );
  return { evidence, failure: null };
}

/** Each job is a dozen or two calls at the same time. */
const jobsAtOnce = 4;

async function tryAll(trial: AccessTrial, spaces: readonly Space[]): Promise<readonly Evidence[]> {
  const { identities, evidence } = await identitiesOf(trial, spaces);
  const ownOf = (space: Space) =>
    identities.filter(
      ({ tenant, group, user }) =>
        tenant === space.tenant &&
        (group === null ? user.name.startsWith(`system:serviceaccount:${space.namespace}:`) : isIn(space, group)),
    );
  const jobs: readonly (() => Promise<readonly Evidence[]>)[] = [
    ...identities.map((who) => () => tryClusterRights(trial, who)),
    ...spaces.flatMap((space) => [
      () => tryWithin(trial, { space, own: ownOf(space) }),
      () => comparePolicies(trial, { space, all: spaces }),
      () => compareBindings(trial, { space, all: spaces }),
      ...strangersTo(space, identities).map((who) => () => tryAcross(trial, who, space)),
    ]),
  ];
  return [...evidence, ...(await inParallel(jobs, jobsAtOnce, (job) => job())).flat()];
}

function isIn({ groups }: Space, group: string): boolean {
  return groups.some((one) => one.group === group);
}

function strangersTo({ tenant }: Space, identities: readonly Identity[]): readonly Identity[] {
  return identities.filter((who) => who.tenant !== tenant);
}
