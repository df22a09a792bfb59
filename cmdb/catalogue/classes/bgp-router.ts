import { choice, defineClass, networkName, optional, port, type Reading } from 'opsctl';
import { bgpMib } from './bgp-mib.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';
import { snmpAccess, snmpAttributes } from './snmp-access.ts';

const peerLabels = ['vrf', 'afi', 'safi', 'local_as', 'peer', 'peer_as'];
const frr = readingsBy({
  frr_collector_up: gauge(['collector']),
  frr_bgp_peer_state: gauge(peerLabels),
  frr_bgp_peer_uptime_seconds: gauge(peerLabels),
  frr_bgp_peer_prefixes_received_count_total: gauge(peerLabels),
  frr_bgp_peer_message_received_total: counter(peerLabels),
});
const mib = readingsBy({
  bgpPeerState: gauge(['peer']),
  bgpPeerAdminStatus: gauge(['peer']),
  bgpPeerFsmEstablishedTransitions: counter(['peer']),
  bgpPeerInUpdates: counter(['peer']),
});
const answers: Reading = { expression: (series) => series('up'), metrics: ['up'] };
const rest = 'vrf, afi, safi, local_as, peer_as';

/**
 * The BGP sessions of one router: a Linux router with FRR by frr_exporter, or any other by SNMP (BGP4-MIB, whose sessions
 * are those over IPv4). Names and labels of FRR were read off a real bgpd 8.4 with Debian's frr_exporter 1.1, those of the
 * MIB in RFC 4273. The device itself is an item of class `network-device` or `host`, and this `runs-on` it.
 */
export const bgpRouter = defineClass({
  id: 'bgp-router',
  title: { en: 'BGP router', zh: 'BGP 路由器' },
  attributes: {
    address: networkName('Management address.'),
    measuredBy: choice('What tells of its sessions.', ['frr', 'snmp']),
    exporterPort: optional(port('Port of frr_exporter.'), 9342),
    ...snmpAttributes,
  },
  sources: {
    frr: {
      kind: 'exporter',
      exporter: 'frr_exporter >=1.1',
      interval: '30s',
      timeout: '25s',
      when: ({ measuredBy }) => measuredBy === 'frr',
      endpoint: ({ address, exporterPort = 9342 }) => `${address}:${exporterPort}`,
    },
    snmp: {
      kind: 'snmp',
      exporter: 'snmp_exporter >=0.21',
      interval: '60s',
      timeout: '30s',
      when: ({ measuredBy }) => measuredBy === 'snmp',
      endpoint: ({ address }) => address,
      module: () => bgpMib,
      access: snmpAccess,
    },
  },
  signals: {
    up: {
      ...stateOf('Answers', '应答'),
      readings: {
        // The exporter answers all the same when the BGP daemon is gone, and then tells of no session.
        frr: frr(
          (series) => `max without (collector) (${series('frr_collector_up', 'collector="bgp"')}) or ${series('up')}`,
        ),
        snmp: answers,
      },
    },
    established: {
      ...stateOf('Session established', 'BGP 会话已建立'),
      readings: {
        // 2 is switched off on purpose.
        frr: frr((series) => `min without (${rest}) (${series('frr_bgp_peer_state')} != bool 0)`),
        // 6 is established, and 2 of what is wanted is switched on.
        snmp: mib(
          (series) => `(${series('bgpPeerState')} == bool 6) and ignoring () (${series('bgpPeerAdminStatus')} == 2)`,
        ),
      },
      partLabels: ['peer'],
    },
    flaps: {
      ...highIsBad('count', 'Sessions begun anew (1 h)', '会话重建次数(1 小时)'),
      readings: {
        frr: frr((series) => `max without (${rest}) (resets(${series('frr_bgp_peer_uptime_seconds')}[1h]))`),
        snmp: mib((series) => `increase(${series('bgpPeerFsmEstablishedTransitions')}[1h])`),
      },
      partLabels: ['peer'],
    },
    prefixes: {
      ...lowIsBad('count', 'Prefixes received', '收到的前缀数'),
      readings: {
        frr: frr((series) => `sum without (${rest}) (${series('frr_bgp_peer_prefixes_received_count_total')})`),
      },
      partLabels: ['peer'],
    },
    prefixesLost: {
      ...highIsBad('ratio', 'Prefixes fewer than within the last hour', '一小时内减少的前缀比例'),
      readings: {
        frr: frr((series) => {
          const now = `sum without (${rest}) (${series('frr_bgp_peer_prefixes_received_count_total')})`;
          const most = `sum without (${rest}) (max_over_time(${series('frr_bgp_peer_prefixes_received_count_total')}[1h]))`;
          return `1 - ${now} / (${most} > 3)`;
        }),
      },
      partLabels: ['peer'],
    },
    updates: {
      ...highIsBad('per-second', 'Messages received', '收到的消息速率'),
      readings: {
        frr: frr((series) => `sum without (${rest}) (rate(${series('frr_bgp_peer_message_received_total')}[5m]))`),
        snmp: mib((series) => `rate(${series('bgpPeerInUpdates')}[5m])`),
      },
      partLabels: ['peer'],
    },
  },
});
