import { listOf, type Manifest, mappingOf, textOf } from '../../languages/kubernetes/index.ts';
import type { AccessTrial, JsonObject, TrialRequest } from '../../model/index.ts';
import type { Space } from './declared-spaces.ts';
import type { Identity } from './identities.ts';
import { judgeAnswer } from './judge-answer.ts';
import { harmlessLooks, pluralTitle } from './known-rights.ts';
import { smallPod } from './sample-pods.ts';
import type { Aspect, Evidence, Verdict } from './tenancy-report.ts';

/** All that somebody of one tenant may do in a namespace of another: asked of the API server, and tried. */
export async function tryAcross(trial: AccessTrial, who: Identity, space: Space): Promise<readonly Evidence[]> {
  const shared = space.groups.find(({ group }) => group === who.group);
  if (shared !== undefined) return [sharedGroup(who, space, shared.level)];
  const listed = await listRights(trial, who, space);
  const reviewed = await Promise.all(reviews.map((review) => askReview(trial, { who, space, review })));
  const tried = await Promise.all(requestsIn(space.namespace).map((one) => tryOne(trial, { who, space, one })));
  return [...listed, ...reviewed, ...tried];
}

/** Content says that they are of both: that is a decision, and no hole. */
function sharedGroup(who: Identity, { tenant, namespace }: Space, level: string): Evidence {
  return {
    tenant: who.tenant,
    other: tenant,
    aspect: level === 'view' ? 'read' : 'write',
    verdict: 'declared',
    asked: `${who.title} in ${namespace}`,
    answered: `is declared as ${level} of ${tenant} too`,
  };
}

/** The list of all rights there, which no sample can replace; it may lack what others than RBAC decide. */
async function listRights(trial: AccessTrial, who: Identity, space: Space): Promise<readonly Evidence[]> {
  const { namespace } = space;
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  const answer = await trial.try({ as: who.user, method: 'POST', path, body });
  const asked = `all rights of ${who.title} in ${namespace}`;
  if (answer.status !== 201) {
    const answered = judgeAnswer(answer).said;
    return (['read', 'write'] as const).map((aspect) =>
      evidence(who, space, { aspect, verdict: 'untried', asked, answered }),
    );
  }
  const rights = listOf(mappingOf((answer.body as Manifest).status).resourceRules)
    .map(mappingOf)
    .flatMap(rightsIn);
  return (['read', 'write'] as const).map((aspect) => {
    const own = [...new Set(rights.filter((right) => right.aspect === aspect).map(({ title }) => title))];
    const verdict: Verdict = own.length === 0 ? 'held' : 'broken';
    return evidence(who, space, { aspect, verdict, asked, answered: own.join(', ') || 'none' });
  });
}

interface Right {
  readonly aspect: 'read' | 'write';
  readonly title: string;
}

function rightsIn({ verbs, apiGroups, resources }: Manifest): readonly Right[] {
  return listOf(apiGroups).flatMap((group) =>
    listOf(resources).flatMap((resource) =>
      listOf(verbs).flatMap((verb): readonly Right[] => {
        const [asked, name] = [textOf(verb), pluralTitle(textOf(group), textOf(resource))];
        const isLook = ['get', 'list', 'watch'].includes(asked);
        if (isOwnReview(textOf(group)) || (isLook && harmlessLooks.includes(name))) return [];
        return [{ aspect: isLook ? 'read' : 'write', title: `${asked} ${name}` }];
      }),
    ),
  );
}

/** Everybody may ask what they may do. */
function isOwnReview(group: string): boolean {
  return group === 'authorization.k8s.io' || group === 'authentication.k8s.io';
}

interface Review {
  readonly aspect: 'read' | 'write';
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** Each is asked one by one as well: whatever decides in this cluster answers these. */
const reviews: readonly Review[] = [
  { aspect: 'read', verb: 'get', group: '', resource: 'secrets' },
  { aspect: 'read', verb: 'list', group: '', resource: 'configmaps' },
  { aspect: 'read', verb: 'list', group: '', resource: 'pods' },
  { aspect: 'read', verb: 'get', group: '', resource: 'pods', subresource: 'log' },
  { aspect: 'write', verb: 'create', group: '', resource: 'pods', subresource: 'exec' },
  { aspect: 'write', verb: 'create', group: '', resource: 'serviceaccounts', subresource: 'token' },
  { aspect: 'write', verb: 'create', group: '', resource: 'pods' },
  { aspect: 'write', verb: 'patch', group: 'apps', resource: 'deployments' },
  { aspect: 'write', verb: 'update', group: 'networking.k8s.io', resource: 'networkpolicies' },
  { aspect: 'write', verb: 'update', group: '', resource: 'resourcequotas' },
  { aspect: 'write', verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
];

async function askReview(
  trial: AccessTrial,
  { who, space, review }: { readonly who: Identity; readonly space: Space; readonly review: Review },
): Promise<Evidence> {
  const { aspect, ...attributes } = review;
  return await reviewAccess(trial, who, {
    attributes: { ...attributes, namespace: space.namespace },
    evidence: { other: space.tenant, aspect },
    where: `in ${space.namespace}`,
  });
}

export interface ReviewedAccess {
  readonly attributes: JsonObject;
  readonly evidence: { readonly other: string | null; readonly aspect: Aspect };
  readonly where: string;
}

export async function reviewAccess(
  trial: AccessTrial,
  who: Identity,
  { attributes, evidence: { other, aspect }, where }: ReviewedAccess,
): Promise<Evidence> {
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: attributes },
  };
  const answer = await trial.try({ as: who.user, method: 'POST', path, body });
  const { verb, group, resource, subresource } = attributes as Readonly<Record<string, string | undefined>>;
  const name = pluralTitle(group ?? '', subresource === undefined ? `${resource}` : `${resource}/${subresource}`);
  const asked = `may ${who.title} ${verb} ${name} ${where}`;
  const common = { tenant: who.tenant, other, aspect, asked };
  const { allowed, reason } = mappingOf((answer.body as Manifest).status);
  if (answer.status !== 201 || typeof allowed !== 'boolean')
    return { ...common, verdict: 'untried', answered: judgeAnswer(answer).said };
  const because = textOf(reason) === '' ? '' : ` (${textOf(reason)})`;
  return { ...common, verdict: allowed ? 'broken' : 'held', answered: `${allowed ? 'yes' : 'no'}${because}` };
}

export interface TriedRequest {
  readonly aspect: Aspect;
  /** `lists the secrets` */
  readonly title: string;
  readonly request: Omit<TrialRequest, 'as'>;
}

/** No object has this name; who is told so was allowed to ask. */
export const noSuchName = 'opsctl-tenancy-verify';

function requestsIn(namespace: string): readonly TriedRequest[] {
  const core = `/api/v1/namespaces/${namespace}`;
  return [
    { aspect: 'read', title: 'lists secrets', request: { method: 'GET', path: `${core}/secrets?limit=1` } },
    { aspect: 'read', title: 'gets a secret', request: { method: 'GET', path: `${core}/secrets/${noSuchName}` } },
    { aspect: 'read', title: 'lists configmaps', request: { method: 'GET', path: `${core}/configmaps?limit=1` } },
    {
      aspect: 'write',
      title: 'makes a configmap',
      request: {
        method: 'POST',
        path: `${core}/configmaps`,
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: noSuchName } },
      },
    },
    {
      aspect: 'write',
      title: 'starts a pod',
      request: { method: 'POST', path: `${core}/pods`, body: smallPod() },
    },
    {
      aspect: 'write',
      title: 'deletes a secret',
      request: { method: 'DELETE', path: `${core}/secrets/${noSuchName}` },
    },
    {
      aspect: 'exhaust',
      title: 'changes the quota',
      request: {
        method: 'PATCH',
        path: `${core}/resourcequotas/tenant`,
        body: { metadata: { labels: { tried: 'yes' } } },
      },
    },
  ];
}

async function tryOne(
  trial: AccessTrial,
  { who, space, one }: { readonly who: Identity; readonly space: Space; readonly one: TriedRequest },
): Promise<Evidence> {
  return evidence(who, space, await tryRequest(trial, who, { one, where: `in ${space.namespace}` }));
}

type Tried = Pick<Evidence, 'aspect' | 'verdict' | 'asked' | 'answered'>;

/** A request that has to be refused for want of the right. */
export async function tryRequest(
  trial: AccessTrial,
  who: Identity,
  { one, where }: { readonly one: TriedRequest; readonly where: string },
): Promise<Tried> {
  const { right, said } = judgeAnswer(await trial.try({ as: who.user, ...one.request }));
  const verdict = ({ none: 'held', given: 'broken', unknown: 'untried' } as const)[right];
  return { aspect: one.aspect, verdict, asked: `${who.title} ${one.title} ${where}`, answered: said };
}

function evidence(who: Identity, { tenant }: Space, tried: Tried): Evidence {
  return { tenant: who.tenant, other: tenant, ...tried };
}
