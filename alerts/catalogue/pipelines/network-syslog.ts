import { definePipeline, type Pipeline, steps } from 'opsctl';
import { type LogPlace, senderOf, testAt } from './log-place.ts';

/**
 * Messages of network devices: Huawei VRP (`%%01IFNET/4/LINK_STATE`), H3C Comware (`%%10IFNET/3/PHY_UPDOWN`), Ruijie and
 * Cisco (`%LINK-3-UPDOWN`). All of them say a module, a level from 0 (emergency) to 7 (debugging) and an event.
 */
export function networkSyslog({
  id = 'network-syslog',
  path = '/var/log/remote/{host}/network.log',
  ...place
}: LogPlace = {}): Pipeline {
  return definePipeline({
    id,
    title: { en: 'Messages of network devices', zh: '网络设备日志' },
    with: place.with ?? 'mtail',
    from: { kind: 'files', path },
    ...senderOf(path),
    steps: [
      steps.parse({
        as: 'regex',
        pattern: '%(?:%\\d\\d)?(?P<module>[A-Z][A-Z0-9_]*)[/-](?P<level>[0-7])[/-](?P<event>[A-Z][A-Za-z0-9_]*)',
      }),
      steps.map({
        field: 'event',
        to: 'kind',
        values: {
          '/^(LINK|PHY|LINE|IF)_?(STATE|UPDOWN|PROTOCOL)|^UPDOWN$/': 'link',
          '/ADJCHANGE|ADJCHG|NBR_?CHG|NEIGHBOR|NBRCHANGE|BGP_STATE|STATE_CHANGED/': 'neighbour',
          '/LOGIN_?FAIL|AUTH_?FAIL|SSH_FAIL|LOGINFAILED/': 'login-failed',
          '/^CONFIG_I$|CFGCHANGED|CFG_SAVE|CURRENT_CFG/': 'configuration',
          '/FAN|POWER|PSU|TEMP/': 'hardware',
        },
        otherwise: 'other',
      }),
      steps.count({
        metric: 'network_syslog_messages_total',
        help: 'Messages of network devices by level and kind.',
        labels: ['level', 'kind'],
      }),
    ],
    alerts: [
      {
        name: 'NetworkDeviceInTrouble',
        when: { count: 'network_syslog_messages_total', where: { level: { matching: '[0-2]' } }, in: '15m', above: 0 },
        for: '0s',
        severity: 'critical',
        summary: {
          en: '{item} sends messages of level critical or worse',
          zh: '{item} 上报了严重级别及以上的日志',
        },
        runbook: 'logs/network-device-in-trouble',
        rationale: 'Levels 0 to 2 are for what keeps a device from working; they are rare, and each is worth a look.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'NetworkLinksFlap',
        when: { count: 'network_syslog_messages_total', where: { kind: 'link' }, in: '10m', above: 10 },
        for: '0s',
        severity: 'warning',
        summary: {
          en: 'Links of {item} changed {value} times within 10 minutes',
          zh: '{item} 的链路在 10 分钟内变化 {value} 次',
        },
        runbook: 'logs/network-links-flap',
        rationale: 'A restart of a neighbour is two messages a port; more than ten is a cable, an optic or a loop.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'NetworkNeighbourLost',
        when: { count: 'network_syslog_messages_total', where: { kind: 'neighbour' }, in: '10m', above: 4 },
        for: '0s',
        severity: 'warning',
        summary: {
          en: 'Routing neighbours of {item} changed {value} times within 10 minutes',
          zh: '{item} 的路由邻居在 10 分钟内变化 {value} 次',
        },
        runbook: 'logs/network-links-flap',
        rationale: 'One neighbour that goes and comes back is two to four messages, by the protocol.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'NetworkLoginFailures',
        when: { count: 'network_syslog_messages_total', where: { kind: 'login-failed' }, in: '10m', above: 10 },
        for: '0s',
        severity: 'warning',
        summary: {
          en: '{value} failed logins at {item} within 10 minutes',
          zh: '{item} 在 10 分钟内有 {value} 次登录失败',
        },
        runbook: 'logs/network-device-in-trouble',
        rationale: 'Devices of the core are reached by few people and by scripts whose passwords are right.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
    ],
    tests: [
      testAt(path, {
        name: 'Huawei, H3C and Cisco are read alike',
        lines: [
          'Nov 21 10:00:01 core-sw-1 %%01IFNET/4/LINK_STATE(l)[12]:The line protocol IP on the interface GigabitEthernet0/0/1 has entered the DOWN state.',
          'Nov 21 10:00:02 core-sw-1 %%10IFNET/3/PHY_UPDOWN: Physical state on the interface GigabitEthernet1/0/5 changed to down.',
          'Nov 21 10:00:03 core-sw-1 27: *Nov 21 10:00:02.123: %LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to down',
          'Nov 21 10:00:04 core-sw-1 %OSPF-5-ADJCHG: Process 1, Nbr 10.0.0.2 on Vlan10 from FULL to DOWN',
          'Nov 21 10:00:05 core-sw-1 %SYS-5-CONFIG_I: Configured from console by vty0 (10.1.0.5)',
          'Nov 21 10:00:06 core-sw-1 %%10DEV/1/POWER_FAILED: -Slot=1; Power 2 failed.',
          'Nov 21 10:00:07 core-sw-1 %%01SSH/4/SSH_FAIL(s)[13]:Failed to login through SSH. (IP=203.0.113.9, UserName=admin, Times=3)',
          'Nov 21 10:00:08 core-sw-1 a line of no device',
        ],
        metrics: {
          'network_syslog_messages_total{kind="link",level="4",sender="srv-1"}': 1,
          'network_syslog_messages_total{kind="link",level="3",sender="srv-1"}': 2,
          'network_syslog_messages_total{kind="neighbour",level="5",sender="srv-1"}': 1,
          'network_syslog_messages_total{kind="configuration",level="5",sender="srv-1"}': 1,
          'network_syslog_messages_total{kind="hardware",level="1",sender="srv-1"}': 1,
          'network_syslog_messages_total{kind="login-failed",level="4",sender="srv-1"}': 1,
        },
      }),
    ],
    clauses: ['S0:7.1.1.5.c/1', 'S0:7.1.1.5.c/2'],
  });
}
