import type { Diagnostic } from '../../diagnostics/index.ts';
import type { NetworkPeer, OpeningPeer, TenantIsolation, TenantOpening } from '../../model/index.ts';
import { findUnknown } from '../check-reference.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { privateNetworks, tenancyDiagnostics } from './diagnostics.ts';
import { openingName } from './openings.ts';

/** Whether each opening leads somewhere, and no further than it says. */
export function checkOpenings(operated: OperatedStack): readonly Diagnostic[] {
  return operated.stack.isolations.flatMap((isolation) => [
    ...findTwice(isolation),
    ...findShutOut(operated, isolation),
    ...(isolation.terms.openings ?? []).flatMap((opening) => checkOpening(operated, isolation, opening)),
  ]);
}

function findTwice({ tenant, terms, source }: TenantIsolation): readonly Diagnostic[] {
  const names = (terms.openings ?? []).map(openingName);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) < index));
  return [...repeated].map((opening) =>
    tenancyDiagnostics.create('opening-twice', { tenant, opening }, { position: source, subject: tenant }),
  );
}

/** What scrapes is in a namespace as well, and no exception is made for it. */
function findShutOut({ stack }: OperatedStack, { tenant, terms, source }: TenantIsolation): readonly Diagnostic[] {
  const { home } = stack;
  if (home === undefined) return [];
  const isOpen = (terms.openings ?? []).some(
    (opening) =>
      'from' in opening &&
      (opening.from === 'monitoring' || ('namespace' in opening.from && opening.from.namespace === home.namespace)),
  );
  const reached = stack.workloads.map(({ at }) => ('service' in at ? at.service : at.pods).namespace);
  const shut = isOpen ? [] : terms.namespaces.filter((namespace) => reached.includes(namespace));
  return shut.map((namespace) => {
    const facts = { tenant, namespace, home: home.namespace };
    return tenancyDiagnostics.create('monitoring-shut-out', facts, { position: source, subject: tenant });
  });
}

function checkOpening(
  operated: OperatedStack,
  isolation: TenantIsolation,
  opening: TenantOpening,
): readonly Diagnostic[] {
  const { tenant, source } = isolation;
  const { stack } = operated;
  const at = { position: source, subject: tenant };
  const peer = 'from' in opening ? opening.from : opening.to;
  if (peer === 'monitoring') {
    return stack.home === undefined
      ? [tenancyDiagnostics.create('no-monitoring', { tenant, stack: stack.name }, at)]
      : [];
  }
  if (peer === 'dns' || peer === 'itself') return [];
  if ('cidr' in peer) {
    return isTooWide(peer) ? [tenancyDiagnostics.create('opening-too-wide', { tenant, cidr: peer.cidr }, at)] : [];
  }
  if ('tenant' in peer) return checkTenantPeer(operated, isolation, { opening, peer: peer.tenant });
  const owner = stack.isolations.find(({ terms }) => terms.namespaces.includes(peer.namespace))?.tenant;
  if (owner === undefined) return [];
  const facts = { tenant, namespace: peer.namespace, owner };
  return [tenancyDiagnostics.create('opening-to-hidden-tenant', facts, at)];
}

function checkTenantPeer(
  { organisation, stack }: OperatedStack,
  { tenant, source }: TenantIsolation,
  { opening, peer }: { readonly opening: TenantOpening; readonly peer: string },
): readonly Diagnostic[] {
  const known = organisation.tenants.map(({ id }) => id);
  const subject = `An opening of the tenant ${tenant}`;
  const unknown = findUnknown([{ subject, field: 'tenant', value: peer, known, position: source }]);
  if (unknown.length > 0) return unknown;
  const at = { position: source, subject: tenant };
  const others = stack.isolations.filter((one) => one.tenant === peer);
  if (others.length === 0)
    return [tenancyDiagnostics.create('opening-to-nowhere', { tenant, peer, stack: stack.name }, at)];
  const direction = 'from' in opening ? 'from' : 'to';
  const isAnswered = others.some(({ terms }) =>
    (terms.openings ?? []).some((other) => peerOn(other, direction === 'to' ? 'from' : 'to') === tenant),
  );
  return isAnswered ? [] : [tenancyDiagnostics.create('opening-one-sided', { tenant, peer, direction }, at)];
}

/** The tenant at the end of an opening of this direction. */
function peerOn(opening: TenantOpening, direction: 'to' | 'from'): string | null {
  const peer: OpeningPeer | string = 'from' in opening ? opening.from : opening.to;
  const isSuch = ('from' in opening ? 'from' : 'to') === direction;
  return isSuch && typeof peer === 'object' && 'tenant' in peer ? peer.tenant : null;
}

/** A tenth of the address space and more. What is private may be left out of all: then it is the Internet. */
function isTooWide({ cidr, except = [] }: NetworkPeer): boolean {
  const bits = Number(cidr.split('/')[1]);
  if (cidr.includes(':')) return bits < 16;
  return bits < 8 && !privateNetworks.every((network) => except.includes(network));
}
