import {
  isMapping,
  listOf,
  type Manifest,
  mappingOf,
  parseQuantity,
  textOf,
} from '../../languages/kubernetes/index.ts';
import type { AccessTrial, TrialAnswer } from '../../model/index.ts';
import type { Space } from './declared-spaces.ts';
import type { Identity } from './identities.ts';
import { judgeAnswer } from './judge-answer.ts';
import { nodePod, type Sizes, smallPod } from './sample-pods.ts';
import type { Evidence, Verdict } from './tenancy-report.ts';
import { noSuchName, type TriedRequest, tryRequest } from './try-across.ts';

/**
 * Whether a tenant is held to its share: what it takes beyond is taken from all others. Tried as somebody who may start
 * pods there; where the tenant has nobody, as whoever is logged in, for quota and standards hold for everybody.
 */
export async function tryWithin(
  trial: AccessTrial,
  { space, own }: { readonly space: Space; readonly own: readonly Identity[] },
): Promise<readonly Evidence[]> {
  const starter = own.find(({ level }) => level === 'edit' || level === 'admin') ?? null;
  const context: Within = { trial, space, starter };
  const parts = await Promise.all([
    compareQuota(context),
    tryBeyondQuota(context),
    tryDefaults(context),
    tryNodePod(context),
    ...own.flatMap((who) =>
      wallsOf(space.namespace).map(async (one): Promise<Evidence> => {
        const tried = await tryRequest(trial, who, { one, where: `in its own ${space.namespace}` });
        return { tenant: space.tenant, other: null, ...tried };
      }),
    ),
  ]);
  return parts;
}

interface Within {
  readonly trial: AccessTrial;
  readonly space: Space;
  readonly starter: Identity | null;
}

/** As it should be, and at work: a quota counts once the cluster has taken it up. */
async function compareQuota({ trial, space }: Within): Promise<Evidence> {
  const asked = `the quota of ${space.namespace}`;
  const path = `/api/v1/namespaces/${space.namespace}/resourcequotas/tenant`;
  const answer = await trial.try({ as: null, method: 'GET', path });
  if (answer.status === 404) return exhaust(space, 'broken', asked, 'is not there');
  if (answer.status !== 200) return exhaust(space, 'untried', asked, judgeAnswer(answer).said);
  const live = answer.body as Manifest;
  const hard = mappingOf(mappingOf(live.spec).hard);
  const declared = Object.entries(mappingOf(mappingOf(space.quota.spec).hard));
  const wider = declared.filter(([name, most]) => {
    const there = parseQuantity(hard[name]);
    return there === null || there > (parseQuantity(most) ?? 0);
  });
  if (wider.length > 0) {
    const said = wider.map(
      ([name, most]) => `${name} is ${textOf(hard[name]) || 'not limited'} instead of ${textOf(most)}`,
    );
    return exhaust(space, 'broken', asked, said.join(', '));
  }
  const counted = mappingOf(mappingOf(live.status).hard);
  const idle = declared.map(([name]) => name).filter((name) => parseQuantity(counted[name]) === null);
  if (idle.length > 0) return exhaust(space, 'untried', asked, `the cluster does not count yet: ${idle.join(', ')}`);
  return exhaust(space, 'held', asked, declared.map(([name, most]) => `${name} ${textOf(most)}`).join(', '));
}

/** More than the quota in one pod, in as many containers as the largest size allows. */
async function tryBeyondQuota(context: Within): Promise<Evidence> {
  const { space } = context;
  const asked = `${starterOf(context)} starts a pod beyond the quota of ${space.namespace}`;
  const hard = parseQuantity(mappingOf(mappingOf(space.quota.spec).hard)['limits.cpu']) ?? 0;
  const most = parseQuantity(mappingOf(limitsOf(space).max).cpu);
  const count = most === null || most === 0 ? 1 : Math.min(Math.floor(hard / most) + 1, 200);
  const cpu = `${Math.floor((most === null || most === 0 ? hard + 1 : most) * 1000)}m`;
  const answer = await start(context, smallPod(Array.from({ length: count }, (): Sizes => ({ cpu }))));
  const { right, said } = judgeAnswer(answer);
  if (right !== 'given') return exhaust(space, 'untried', asked, said);
  if (answer.status === 201) return exhaust(space, 'broken', asked, '201: it would start');
  const isByQuota = /exceeded quota/.test(said);
  return exhaust(space, isByQuota ? 'held' : 'untried', asked, said);
}

/** A pod that says nothing of its size has that of the declaration. */
async function tryDefaults(context: Within): Promise<Evidence> {
  const { space } = context;
  const asked = `${starterOf(context)} starts a pod without sizes in ${space.namespace}`;
  const answer = await start(context, smallPod());
  const { right, said } = judgeAnswer(answer);
  if (right !== 'given') return exhaust(space, 'untried', asked, said);
  // Nothing is left to be used up, which is what was to be shown.
  if (answer.status === 403 && /exceeded quota/.test(said)) return exhaust(space, 'held', asked, said);
  if (answer.status !== 201) return exhaust(space, 'untried', asked, said);
  const [container] = listOf(mappingOf((answer.body as Manifest).spec).containers);
  const { limits, requests } = mappingOf(mappingOf(container).resources);
  const { default: limit, defaultRequest } = limitsOf(space);
  const differs = [...differences('limit', limit, limits), ...differences('request', defaultRequest, requests)];
  if (differs.length > 0) return exhaust(space, 'broken', asked, differs.join(', '));
  return exhaust(space, 'held', asked, `it is given ${inWords(limits)}`);
}

function limitsOf({ limits }: Space): Manifest {
  return mappingOf(listOf(mappingOf(limits.spec).limits)[0]);
}

function differences(what: string, wanted: Manifest[string] | undefined, given: Manifest[string] | undefined) {
  return Object.entries(mappingOf(wanted))
    .filter(([name, size]) => parseQuantity(mappingOf(given)[name]) !== parseQuantity(size))
    .map(
      ([name, size]) =>
        `the ${what} of ${name} is ${textOf(mappingOf(given)[name]) || 'none'} instead of ${textOf(size)}`,
    );
}

function inWords(sizes: Manifest[string] | undefined): string {
  return Object.entries(mappingOf(sizes))
    .map(([name, size]) => `${name} ${textOf(size)}`)
    .join(', ');
}

async function tryNodePod(context: Within): Promise<Evidence> {
  const { space } = context;
  const asked = `${starterOf(context)} starts a pod with the node’s files in ${space.namespace}`;
  const answer = await start(context, nodePod());
  const { right, said } = judgeAnswer(answer);
  if (right !== 'given') return exhaust(space, 'untried', asked, said);
  if (answer.status === 201) return exhaust(space, 'broken', asked, '201: it would start');
  if (/violates PodSecurity/.test(said)) return exhaust(space, 'held', asked, said);
  // Refused for something else, so the standard was not seen at work: its label decides.
  const level = await standardOf(context);
  const isHeld = level !== null && level === space.labels[enforce];
  const about = `${said}; the namespace is held to ${level ?? 'no standard'}`;
  return exhaust(space, isHeld ? 'held' : 'broken', asked, about);
}

const enforce = 'pod-security.kubernetes.io/enforce';

async function standardOf({ trial, space }: Within): Promise<string | null> {
  const path = `/api/v1/namespaces/${space.namespace}`;
  const { body } = await trial.try({ as: null, method: 'GET', path });
  const labels = mappingOf(body.metadata as Manifest).labels;
  const level = isMapping(labels) ? labels[enforce] : undefined;
  return typeof level === 'string' ? level : null;
}

async function start({ trial, space, starter }: Within, body: ReturnType<typeof smallPod>): Promise<TrialAnswer> {
  const path = `/api/v1/namespaces/${space.namespace}/pods`;
  return await trial.try({ as: starter?.user ?? null, method: 'POST', path, body });
}

function starterOf({ starter }: Within): string {
  return starter?.title ?? 'whoever is logged in';
}

function exhaust({ tenant }: Space, verdict: Verdict, asked: string, answered: string): Evidence {
  return { tenant, other: null, aspect: 'exhaust', verdict, asked, answered };
}

const touched = { metadata: { labels: { tried: 'yes' } } };

/** What a tenant must not be able to move itself. */
function wallsOf(namespace: string): readonly TriedRequest[] {
  const core = `/api/v1/namespaces/${namespace}`;
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const policies = `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`;
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: noSuchName },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [],
  };
  return [
    {
      aspect: 'exhaust',
      title: 'changes the quota',
      request: { method: 'PATCH', path: `${core}/resourcequotas/tenant`, body: touched },
    },
    {
      aspect: 'exhaust',
      title: 'deletes the limits',
      request: { method: 'DELETE', path: `${core}/limitranges/tenant` },
    },
    { aspect: 'exhaust', title: 'changes the namespace', request: { method: 'PATCH', path: core, body: touched } },
    {
      aspect: 'network',
      title: 'deletes the network policy',
      request: { method: 'DELETE', path: `${policies}/default-deny` },
    },
    {
      aspect: 'write',
      title: 'gives a role away',
      request: { method: 'POST', path: `${rbac}/rolebindings`, body: binding },
    },
  ];
}
