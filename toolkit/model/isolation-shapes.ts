import { type BranchShape, either, fieldsOf, listOf, matching, maybe, oneOf, someText, value } from './shape.ts';
import type {
  ContainerSize,
  IsolationTerms,
  NamespacePeer,
  NetworkPeer,
  OpeningFrom,
  OpeningTo,
  QuotaObject,
  TenantAccess,
  TenantLimits,
  TenantPeer,
  TenantQuota,
} from './tenant-isolation.ts';

/** Objects that are counted, and how many of each there may be where nothing else is said. */
export const usualObjects: Readonly<Record<QuotaObject, number>> = {
  configmaps: 100,
  cronjobs: 20,
  deployments: 50,
  jobs: 100,
  loadBalancers: 0,
  nodePorts: 0,
  secrets: 100,
  services: 50,
  statefulsets: 20,
  volumeClaims: 20,
};

const namespace = matching(
  'a name of a namespace: lower-case letters, digits and dashes, 63 at most',
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
);
const quantity = matching('a quantity such as 500m, 8, 16Gi', /^\d+(\.\d+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/);
const isCount = (given: unknown) => Number.isInteger(given) && Number(given) >= 0;
const count = value('a whole number, 0 or more', isCount);
const isSome = (given: unknown) => Array.isArray(given) && given.length > 0;

const size = fieldsOf<ContainerSize>(
  { cpu: maybe(quantity), memory: maybe(quantity), ephemeralStorage: maybe(quantity) },
  'a size such as { cpu: "500m", memory: "512Mi" }',
);

/** A list with something in it; what is in it is looked at as well. */
function someOf(of: Parameters<typeof listOf>[0], expected: string): BranchShape {
  return { kind: 'branch', choose: (given) => (isSome(given) ? listOf(of) : value(expected, () => false)) };
}

// A group of the system is everybody, or those who may do everything.
const group = matching('a group of the tenant, none of Kubernetes itself (system:...)', /^(?!system:)\S(.*\S)?$/);
const groups = someOf(group, 'a list of at least one group');
const isAccess = (given: unknown) => typeof given === 'object' && given !== null && Object.keys(given).length > 0;
const accessFields = fieldsOf<TenantAccess>(
  { admin: maybe(groups), edit: maybe(groups), view: maybe(groups) },
  'groups by what they may do: { admin, edit, view }',
);
const someAccess = value("groups by what they may do, at least one: { edit: ['mes-developers'] }", () => false);
const access: BranchShape = { kind: 'branch', choose: (given) => (isAccess(given) ? accessFields : someAccess) };

const isLabels = (given: unknown) =>
  typeof given === 'object' &&
  given !== null &&
  Object.values(given).length > 0 &&
  Object.values(given).every((text) => typeof text === 'string');
const labels = value("labels of pods such as { app: 'kafka' }", isLabels);

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const cidr = matching(
  'addresses such as 10.20.0.0/16',
  new RegExp(`^(${octet}(\\.${octet}){3}/(3[0-2]|[12]?\\d)|[0-9a-fA-F:]*:[0-9a-fA-F:]*/(12[0-8]|1[01]\\d|[1-9]?\\d))$`),
);
const isPort = (given: unknown) => {
  const [, digits = ''] = /^(\d{1,5})(\/(tcp|udp|sctp))?$/.exec(String(given)) ?? [];
  return (typeof given === 'number' || typeof given === 'string') && Number(digits) > 0 && Number(digits) < 65_536;
};
const ports = listOf(value("a port such as 5432 or '53/udp'", isPort));

const tenantPeer = fieldsOf<TenantPeer>({ tenant: someText });
const namespacePeer = fieldsOf<NamespacePeer>({ namespace, pods: maybe(labels) });
const networkPeer = fieldsOf<NetworkPeer>(
  { cidr, except: maybe(listOf(cidr)) },
  "a peer: { tenant: 'erp' }, { namespace: 'kafka', pods: { app: 'kafka' } } or { cidr: '10.20.0.0/16' }",
);
const namespaceOrNetwork = either('namespace', namespacePeer, networkPeer);

function peerOr(words: readonly string[]): BranchShape {
  return {
    kind: 'branch',
    choose: (given) => {
      if (typeof given === 'string') return oneOf(words);
      const isTenant = typeof given === 'object' && given !== null && 'tenant' in given;
      return isTenant ? tenantPeer : namespaceOrNetwork;
    },
  };
}

const opening = either(
  'from',
  fieldsOf<OpeningFrom>({ from: peerOr(['monitoring']), ports: maybe(ports), reason: someText }),
  fieldsOf<OpeningTo>(
    { to: peerOr(['dns', 'itself']), ports: maybe(ports), reason: someText },
    "an opening such as { to: 'dns', reason: '...' } or { from: 'monitoring', ports: [8080], reason: '...' }",
  ),
);

const terms = fieldsOf<IsolationTerms>(
  {
    namespaces: someOf(namespace, 'a list of at least one namespace'),
    access,
    quota: fieldsOf<TenantQuota>(
      {
        cpu: quantity,
        memory: quantity,
        storage: maybe(quantity),
        ephemeralStorage: maybe(quantity),
        pods: maybe(count),
        objects: maybe(
          fieldsOf<NonNullable<TenantQuota['objects']>>({
            configmaps: maybe(count),
            cronjobs: maybe(count),
            deployments: maybe(count),
            jobs: maybe(count),
            loadBalancers: maybe(count),
            nodePorts: maybe(count),
            secrets: maybe(count),
            services: maybe(count),
            statefulsets: maybe(count),
            volumeClaims: maybe(count),
          }),
        ),
      },
      "what a namespace may use: { cpu: '8', memory: '16Gi', storage: '200Gi' }",
    ),
    limits: maybe(fieldsOf<TenantLimits>({ request: maybe(size), limit: maybe(size), max: maybe(size) })),
    openings: maybe(listOf(opening)),
    podSecurity: maybe(oneOf(['restricted', 'baseline'])),
    podSecurityVersion: maybe(matching('latest, or a version such as v1.34', /^(latest|v1\.\d{1,3})$/)),
  },
  'what the tenant is given: { namespaces, access, quota }',
);

export const isolationShape = fieldsOf<{ tenant: string; terms: IsolationTerms }>({ tenant: someText, terms });
