import { defineSnmpModule } from 'opsctl';

const perPeer = { index: [{ label: 'peer', type: 'InetAddressIPv4' }] } as const;
const entry = '1.3.6.1.2.1.15.3.1';

/** BGP4-MIB (RFC 4273): sessions over IPv4, by the address of the other side. */
export const bgpMib = defineSnmpModule({
  name: 'bgp4_mib',
  metrics: {
    bgpPeerState: {
      oid: `${entry}.2`,
      type: 'gauge',
      help: 'State: 1 idle, 2 connect, 3 active, 4 open sent, 5 open confirmed, 6 established.',
      ...perPeer,
    },
    bgpPeerAdminStatus: { oid: `${entry}.3`, type: 'gauge', help: 'Wanted: 1 stopped, 2 started.', ...perPeer },
    bgpPeerInUpdates: { oid: `${entry}.10`, type: 'counter', help: 'Updates received.', ...perPeer },
    bgpPeerFsmEstablishedTransitions: {
      oid: `${entry}.15`,
      type: 'counter',
      help: 'How often the session was established.',
      ...perPeer,
    },
  },
});
