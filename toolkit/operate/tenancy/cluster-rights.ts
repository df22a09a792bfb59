import type { AccessTrial } from '../../model/index.ts';
import type { Identity } from './identities.ts';
import type { Aspect, Evidence } from './tenancy-report.ts';
import { type ReviewedAccess, reviewAccess } from './try-across.ts';

interface ClusterRight {
  readonly aspect: Aspect;
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** Rights over the whole cluster, each of which is a way to everybody else. */
const clusterRights: readonly ClusterRight[] = [
  { aspect: 'read', verb: 'list', group: '', resource: 'secrets' },
  { aspect: 'read', verb: 'get', group: '', resource: 'nodes', subresource: 'proxy' },
  { aspect: 'write', verb: 'impersonate', group: '', resource: 'users' },
  { aspect: 'write', verb: 'impersonate', group: '', resource: 'groups' },
  { aspect: 'write', verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  { aspect: 'write', verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  { aspect: 'write', verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  { aspect: 'write', verb: 'create', group: 'admissionregistration.k8s.io', resource: 'mutatingwebhookconfigurations' },
  { aspect: 'write', verb: 'create', group: '', resource: 'persistentvolumes' },
  { aspect: 'exhaust', verb: 'create', group: '', resource: 'namespaces' },
  { aspect: 'exhaust', verb: 'patch', group: '', resource: 'nodes' },
  { aspect: 'exhaust', verb: 'create', group: 'scheduling.k8s.io', resource: 'priorityclasses' },
];

export async function tryClusterRights(trial: AccessTrial, who: Identity): Promise<readonly Evidence[]> {
  return await Promise.all(
    clusterRights.map(({ aspect, ...attributes }) => {
      const reviewed: ReviewedAccess = { attributes, evidence: { other: null, aspect }, where: 'in the whole cluster' };
      return reviewAccess(trial, who, reviewed);
    }),
  );
}
