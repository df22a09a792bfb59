import { reasonAnnotation } from '../../languages/kubernetes/index.ts';
import type { JsonObject, OpeningPeer, Resource, TenantOpening } from '../../model/index.ts';
import { namespacesOf, spaceObject, type TenantSpace } from './space.ts';

/** Nothing in and nothing out: what is open is said by other policies, which only add to each other. */
export function compileDefaultDeny(space: TenantSpace): Resource {
  return spaceObject(space, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    name: 'default-deny',
    fields: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    serves: 2,
    text: 'No packet goes in or out unless an opening says so.',
  });
}

export function compileOpenings(space: TenantSpace): readonly Resource[] {
  return (space.isolation.terms.openings ?? []).map((opening) => compileOpening(space, opening));
}

function compileOpening(space: TenantSpace, opening: TenantOpening): Resource {
  const { stack } = space.operated;
  const name = openingName(opening);
  const what = describeOpening(opening);
  return spaceObject(space, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    name,
    annotations: { [reasonAnnotation]: opening.reason },
    fields: { spec: { podSelector: {}, ...rulesOf(space, opening) } },
    serves: 2,
    text: `Traffic ${what} is let through.`,
    why: {
      kind: 'declaration',
      subject: stack.name,
      text: `Open ${what}: ${opening.reason}`,
      source: space.isolation.source,
    },
  });
}

function rulesOf(space: TenantSpace, opening: TenantOpening): JsonObject {
  const ports = portsOf(opening);
  if ('from' in opening) {
    const { from } = opening;
    const peer = from === 'monitoring' ? inNamespaces([monitoringOf(space)]) : peerOf(space, from);
    return { policyTypes: ['Ingress'], ingress: [{ from: [peer], ...ports }] };
  }
  const { to } = opening;
  if (to === 'itself') {
    const own = inNamespaces(namespacesOf(space.operated, space.tenant.id));
    return {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [own], ...ports }],
      egress: [{ to: [own], ...ports }],
    };
  }
  const peer = to === 'dns' ? nameService : peerOf(space, to);
  return { policyTypes: ['Egress'], egress: [{ to: [peer], ...ports }] };
}

/** As CoreDNS and its forerunner are labelled everywhere. */
const nameService: JsonObject = {
  ...inNamespaces(['kube-system']),
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};

function peerOf({ operated }: TenantSpace, peer: OpeningPeer): JsonObject {
  if ('tenant' in peer) return inNamespaces(namespacesOf(operated, peer.tenant));
  if ('namespace' in peer) {
    const { namespace, pods } = peer;
    return { ...inNamespaces([namespace]), ...(pods === undefined ? {} : { podSelector: { matchLabels: pods } }) };
  }
  const { cidr, except } = peer;
  return { ipBlock: { cidr, ...(except === undefined ? {} : { except }) } };
}

/** By the label that the API server itself sets: any other may be put on a namespace by whoever may edit one. */
function inNamespaces(names: readonly string[]): JsonObject {
  const values = [...names];
  return {
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
  };
}

/** The check has seen to it that the stack has a home. */
function monitoringOf({ operated: { stack } }: TenantSpace): string {
  return stack.home?.namespace ?? '';
}

function portsOf(opening: TenantOpening): JsonObject {
  const declared = opening.ports ?? ('to' in opening && opening.to === 'dns' ? ['53/udp', '53/tcp'] : []);
  if (declared.length === 0) return {};
  return {
    ports: declared.map((port) => {
      const [number, protocol = 'tcp'] = String(port).split('/');
      return { protocol: protocol.toUpperCase(), port: Number(number) };
    }),
  };
}

/** Name of the policy: it says what is open, so that it stays the same when the list is put in another order. */
export function openingName(opening: TenantOpening): string {
  if ('from' in opening) return `from-${opening.from === 'monitoring' ? 'monitoring' : peerName(opening.from)}`;
  if (opening.to === 'itself') return 'within-tenant';
  return `to-${opening.to === 'dns' ? 'dns' : peerName(opening.to)}`;
}

function peerName(peer: OpeningPeer): string {
  if ('tenant' in peer) return `tenant-${peer.tenant}`;
  if ('cidr' in peer) return plain(peer.cidr);
  const pods = Object.entries(peer.pods ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
  return plain(['namespace', peer.namespace, ...pods.flat()].join('-'));
}

/** Lower-case letters, digits and dashes, as names of objects are. */
function plain(text: string): string {
  const dashed = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return dashed.replace(/^-+|-+$/g, '').slice(0, 240);
}

/** `to 10.20.0.0/16, port 5432` */
function describeOpening(opening: TenantOpening): string {
  const ports = opening.ports ?? [];
  const onPorts = ports.length === 0 ? '' : `, port ${ports.join(', ')}`;
  if ('from' in opening) {
    return `from ${opening.from === 'monitoring' ? 'the monitoring' : describePeer(opening.from)}${onPorts}`;
  }
  if (opening.to === 'itself') return `between the pods of the tenant${onPorts}`;
  return `to ${opening.to === 'dns' ? 'the name service' : describePeer(opening.to)}${onPorts}`;
}

function describePeer(peer: OpeningPeer): string {
  if ('tenant' in peer) return `the tenant ${peer.tenant}`;
  if ('cidr' in peer) return peer.cidr;
  const pods = Object.entries(peer.pods ?? {}).map(([name, text]) => `${name}=${text}`);
  return `${pods.length === 0 ? '' : `${pods.join(', ')} in `}the namespace ${peer.namespace}`;
}
