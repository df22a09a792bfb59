import { definePipeline, type Pipeline, steps } from 'opsctl';
import { type LogPlace, senderOf, testAt } from './log-place.ts';

/**
 * Logins by SSH from the log of authentication, as OpenSSH writes it to syslog on Debian (`auth.log`) and on Red Hat and
 * its kin, openEuler and Kylin (`secure`).
 */
export function sshLogins({
  id = 'ssh-logins',
  path = '/var/log/remote/{host}/auth.log',
  ...place
}: LogPlace = {}): Pipeline {
  return definePipeline({
    id,
    title: { en: 'Logins by SSH', zh: 'SSH 登录' },
    with: place.with ?? 'mtail',
    from: { kind: 'files', path },
    ...senderOf(path),
    schema: { host: { atMost: 500, because: 'One for each host that sends.' } },
    steps: [
      steps.parse({
        as: 'regex',
        pattern: '^\\S+(?: +\\d+ [\\d:]+)? \\S+ (?P<program>[^ :\\[]+)(?:\\[\\d+\\])?: (?P<message>.*)$',
      }),
      steps.count({ metric: 'auth_log_lines_total', help: 'Lines of the log of authentication.' }),
      steps.keep({ where: { field: 'program', in: ['sshd', 'sshd-session'] } }),
      steps.parse({
        as: 'regex',
        pattern:
          '^(?P<outcome>Failed|Accepted) (?P<method>password|publickey|keyboard-interactive/pam|gssapi-with-mic|none) for (?P<invalid>invalid user )?(?P<user>\\S*) from \\S+ port',
      }),
      steps.map({ field: 'user', to: 'account', values: { root: 'root' }, otherwise: 'named' }),
      steps.map({ field: 'invalid', to: 'known', values: { '': 'yes' }, otherwise: 'no' }),
      steps.count({
        metric: 'ssh_logins_total',
        help: 'Logins by SSH that were tried.',
        labels: ['outcome', 'method', 'account', 'known'],
      }),
    ],
    alerts: [
      {
        name: 'SshPasswordGuessing',
        when: { count: 'ssh_logins_total', where: { outcome: 'Failed' }, in: '10m', above: 30 },
        for: '0s',
        severity: 'warning',
        summary: {
          en: '{value} failed logins by SSH at {item} within 10 minutes',
          zh: '{item} 在 10 分钟内有 {value} 次 SSH 登录失败',
        },
        runbook: 'logs/ssh-password-guessing',
        rationale:
          'People mistype three times, a script of ours with an old key fails once in a minute; thirty in ten minutes is somebody who guesses.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'SshLoginAfterGuessing',
        when: {
          share: {
            count: 'ssh_logins_total',
            where: { outcome: 'Accepted', method: { matching: 'password|keyboard.*' } },
          },
          of: { count: 'ssh_logins_total', where: { method: { matching: 'password|keyboard.*' } } },
          in: '30m',
          above: 0,
          atLeast: 50,
        },
        for: '0s',
        severity: 'critical',
        summary: {
          en: 'At {item} a password was accepted amid many that were not',
          zh: '{item} 在大量密码失败后出现密码登录成功',
        },
        runbook: 'logs/ssh-password-guessing',
        samples: {
          bad: {
            'ssh_logins_total{outcome="Accepted",method="password"}': '0.01/s',
            'ssh_logins_total{outcome="Failed",method="password"}': '1/s',
          },
          good: {
            'ssh_logins_total{outcome="Accepted",method="publickey"}': '0.01/s',
            'ssh_logins_total{outcome="Failed",method="password"}': '1/s',
          },
        },
        rationale:
          'Fifty passwords in half an hour and one of them right: it may have been guessed. A look costs minutes.',
        clauses: ['S0:7.1.1.5.c/3'],
      },
      {
        name: 'AuthLogSilent',
        when: { silent: { count: 'auth_log_lines_total' }, in: '1d' },
        for: '0s',
        severity: 'warning',
        summary: {
          en: 'The log of authentication of {item} has been silent for a day',
          zh: '{item} 的认证日志已一天没有新记录',
        },
        runbook: 'logs/silent',
        rationale:
          'Every cron job and every session is a line; a day without one is a shipper that stopped, or somebody who stopped it.',
        clauses: ['S0:7.1.1.5.c/1'],
      },
    ],
    tests: [
      testAt(path, {
        name: 'failures are counted by method and account, logins too',
        lines: [
          'Nov 21 10:00:01 srv-1 sshd[812]: Failed password for root from 203.0.113.9 port 51122 ssh2',
          'Nov 21 10:00:03 srv-1 sshd[812]: Failed password for invalid user admin from 203.0.113.9 port 51124 ssh2',
          'Nov 21 10:00:04 srv-1 sshd[813]: Failed password for invalid user oracle from 203.0.113.9 port 51126 ssh2',
          '2026-11-21T10:00:05.123456+08:00 srv-1 sshd-session[814]: Accepted publickey for ops from 10.1.0.5 port 40000 ssh2: ED25519 SHA256:x',
          'Nov 21 10:00:06 srv-1 CRON[815]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)',
          'Nov 21 10:00:07 srv-1 sshd[812]: Connection closed by 203.0.113.9 port 51122 [preauth]',
          'garbage',
        ],
        metrics: {
          'auth_log_lines_total{sender="srv-1"}': 6,
          'ssh_logins_total{account="root",known="yes",method="password",outcome="Failed",sender="srv-1"}': 1,
          'ssh_logins_total{account="named",known="no",method="password",outcome="Failed",sender="srv-1"}': 2,
          'ssh_logins_total{account="named",known="yes",method="publickey",outcome="Accepted",sender="srv-1"}': 1,
        },
      }),
    ],
    clauses: ['S0:7.1.1.5.c/1', 'S0:7.1.1.5.c/2'],
  });
}
