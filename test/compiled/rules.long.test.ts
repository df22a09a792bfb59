import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import type { GroupDeclarations } from '../../toolkit/compile/group-declarations.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import {
  hostAlerts,
  httpEndpointAlerts,
  items,
  sampleGroup,
  sampleStacks,
} from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['promtool']);

/** The compiled rules, judged and evaluated by Prometheus' own tool. */
describe.skipIf(!programs.available)(programs.title('compiled rules under promtool'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-rules-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const tuned = sampleGroup({
    stacks: sampleStacks((plant) =>
      plant
        .tune(items.where({ id: 'host-1' }), hostAlerts.memoryShort, {
          threshold: 0.05,
          reason: 'A cache fills the memory on purpose.',
        })
        .tune(items.where({ id: 'host-2' }), hostAlerts.cpuBusy, {
          for: '45m',
          reason: 'Nightly reports take half an hour.',
        })
        .tune(items.where({ id: 'host-1' }), hostAlerts.overloaded, {
          for: '30m',
          severity: 'critical',
          reason: 'Batch jobs queue for a quarter of an hour.',
        })
        .waive(items.where({ id: 'host-2' }), hostAlerts.memoryShort, {
          reason: 'To be replaced.',
          approver: 'lead',
          until: '2027-03-31',
        })
        .tune(items.where({ class: 'http-endpoint' }), httpEndpointAlerts.slow, {
          threshold: 5,
          reason: 'Report pages are slow.',
        }),
    ),
  });

  it('are accepted, all of them', async () => {
    const files = await writeRules(tuned, folder);
    const result = await runProgram(programs.path('promtool'), ['check', 'rules', ...files], { timeoutMs: 30_000 });
    expect(`${result.stdout}${result.stderr}`).not.toContain('FAILED');
    expect(result.exitCode).toBe(0);
  });

  const host1 = labels({ item: 'host-1', class: 'host' });
  const host2 = labels({ item: 'host-2', class: 'host' });
  const web1 = labels({ item: 'web-1', class: 'http-endpoint' });
  const db1 = labels({ item: 'db-1', class: 'tcp-service' });

  it.each([
    {
      name: 'an untuned host alerts at the common threshold',
      series: [...memory(labels({ item: 'host-3', class: 'host' }), 0.08)],
      at: '15m',
      alert: 'HostMemoryShort',
      firing: ['host-3'],
    },
    {
      name: 'a tuned host is quiet at the common threshold',
      series: memory(host1, 0.08),
      at: '15m',
      alert: 'HostMemoryShort',
      firing: [],
    },
    {
      name: 'a tuned host alerts at its own threshold',
      series: memory(host1, 0.04),
      at: '15m',
      alert: 'HostMemoryShort',
      firing: ['host-1'],
    },
    {
      name: 'a waived host never alerts',
      series: memory(host2, 0.01),
      at: '15m',
      alert: 'HostMemoryShort',
      firing: [],
    },
    {
      name: 'another alert of the waived host does',
      series: memory(host2, 0.01),
      at: '15m',
      alert: 'HostMemoryExhausted',
      firing: ['host-2'],
    },
    {
      name: 'an exporter that does not answer is a host that is down',
      series: [{ series: `up${host1}`, values: '0x20' }],
      at: '5m',
      alert: 'HostDown',
      firing: ['host-1'],
    },
    {
      name: 'two missed scrapes are not',
      series: [{ series: `up${host1}`, values: '1 0 1 1 1 1 1' }],
      at: '3m',
      alert: 'HostDown',
      firing: [],
    },
    {
      name: 'a disk that was taken out degrades an array',
      series: raid({ active: 1, failed: 0 }),
      at: '10m',
      alert: 'HostRaidDegraded',
      firing: ['host-1'],
    },
    {
      name: 'a disk that was taken out has not failed',
      series: raid({ active: 1, failed: 0 }),
      at: '10m',
      alert: 'HostRaidDiskFailed',
      firing: [],
    },
    {
      name: 'an array is whole once a spare has taken over',
      series: raid({ active: 2, failed: 1 }),
      at: '10m',
      alert: 'HostRaidDegraded',
      firing: [],
    },
    {
      name: 'the disk that the spare replaced is told of',
      series: raid({ active: 2, failed: 1 }),
      at: '10m',
      alert: 'HostRaidDiskFailed',
      firing: ['host-1'],
    },
    {
      name: 'a file system that turned read-only alerts',
      series: [
        {
          series: `node_filesystem_readonly${withPart(host1, 'fstype="ext4",mountpoint="/var",device="/dev/sda2"')}`,
          values: '0 0 1x20',
        },
      ],
      at: '8m',
      alert: 'HostFilesystemReadOnly',
      firing: ['host-1'],
    },
    {
      name: 'a file system that is read-only by nature does not',
      series: [
        {
          series: `node_filesystem_readonly${withPart(host1, 'fstype="udf",mountpoint="/dvd",device="/dev/sr0"')}`,
          values: '1x20',
        },
      ],
      at: '8m',
      alert: 'HostFilesystemReadOnly',
      firing: [],
    },
    {
      name: 'a file system that shrinks alerts before it is full',
      series: filesystem(host1, '300-0.1x1000'),
      at: '8h',
      alert: 'HostFilesystemFilling',
      firing: ['host-1'],
    },
    {
      name: 'a file system that stands still does not',
      series: filesystem(host1, '300x1000'),
      at: '8h',
      alert: 'HostFilesystemFilling',
      firing: [],
    },
    {
      name: 'a lost link of a bond alerts',
      series: [
        { series: `node_bonding_slaves${withPart(host1, 'master="bond0"')}`, values: '2x20' },
        { series: `node_bonding_active${withPart(host1, 'master="bond0"')}`, values: '1x20' },
      ],
      at: '8m',
      alert: 'HostBondDegraded',
      firing: ['host-1'],
    },
    {
      name: 'a connection table that fills up alerts',
      series: [
        { series: `node_nf_conntrack_entries${host1}`, values: '90x40' },
        { series: `node_nf_conntrack_entries_limit${host1}`, values: '100x40' },
      ],
      at: '12m',
      alert: 'HostConnectionTableFilling',
      firing: ['host-1'],
    },
    {
      name: 'a unit that failed alerts',
      series: [{ series: `node_systemd_units${withPart(host1, 'state="failed"')}`, values: '1x60' }],
      at: '20m',
      alert: 'HostUnitsFailed',
      firing: ['host-1'],
    },
    {
      name: 'a clock that nothing keeps in step alerts',
      series: [{ series: `node_timex_sync_status${host1}`, values: '0x60' }],
      at: '20m',
      alert: 'HostClockNotSynchronised',
      firing: ['host-1'],
    },
    {
      name: 'a clock that synchronises after a start does not',
      series: [{ series: `node_timex_sync_status${host1}`, values: '0x10 1x50' }],
      at: '20m',
      alert: 'HostClockNotSynchronised',
      firing: [],
    },
    {
      name: 'CPU that the hypervisor takes is told of',
      series: [0, 1].map((cpu) => ({
        series: `node_cpu_seconds_total${withPart(host1, `mode="steal",cpu="${cpu}"`)}`,
        values: '0+6x80',
      })),
      at: '25m',
      alert: 'HostCpuStolen',
      firing: ['host-1'],
    },
    {
      name: 'an endpoint whose prober is gone is not watched',
      series: [{ series: `up${web1}`, values: '0x20' }],
      at: '8m',
      alert: 'HttpEndpointNotProbed',
      firing: ['web-1'],
    },
    {
      name: 'an endpoint whose prober is gone is not known to be down',
      series: [{ series: `up${web1}`, values: '0x20' }],
      at: '8m',
      alert: 'HttpEndpointDown',
      firing: [],
    },
    {
      name: 'the certificate of a TCP service alerts in time',
      series: [{ series: `probe_ssl_earliest_cert_expiry${db1}`, values: `${20 * 86_400}x150` }],
      at: '65m',
      alert: 'TcpCertificateExpiring',
      firing: ['db-1'],
    },
  ])('$name', async ({ series, at, alert, firing }) => {
    const alerts = await evaluate(series, at, alert);
    expect(alerts).toEqual({ passed: true, firing });

    async function evaluate(
      input: readonly Series[],
      evalTime: string,
      alertName: string,
    ): Promise<{ readonly passed: boolean; readonly firing: readonly string[] }> {
      const files = await writeRules(tuned, folder);
      // Presence is asked of ALERTS, so that annotations need not be written out here.
      const samples = firing.map((item) => ({ labels: `{item="${item}"}`, value: 1 }));
      const test = {
        rule_files: files,
        evaluation_interval: '30s',
        tests: [
          {
            interval: '30s',
            input_series: input,
            promql_expr_test: [
              {
                expr: `count by (item) (ALERTS{alertname="${alertName}",alertstate="firing",tier="L3"})`,
                eval_time: evalTime,
                exp_samples: samples,
              },
            ],
          },
        ],
      };
      const file = join(folder, 'test.yaml');
      await writeFile(file, printYaml(test));
      const result = await runProgram(programs.path('promtool'), ['test', 'rules', file], { timeoutMs: 60_000 });
      if (result.exitCode !== 0) throw new Error(`${result.stdout}${result.stderr}`);
      return { passed: true, firing };
    }
  });

  const tiersWithSlowWarnings = sampleGroup().organisation.tiers.map((tier) =>
    tier.id === 'L1' ? tier : { ...tier, escalateWarningsAfter: tier.id === 'L2' ? '16h' : '8h' },
  );
  it.each([
    {
      name: 'a critical alert',
      group: tuned,
      series: [{ series: `up${host1}`, values: '0x400' }],
      alert: 'HostDown',
      severity: 'critical',
      toL2: 30,
      toL1: 90,
    },
    {
      name: 'a warning where warnings may wait longer',
      group: sampleGroup({ organisation: { ...sampleGroup().organisation, tiers: tiersWithSlowWarnings } }),
      series: memory(host1, 0.08).map((entry) => ({ ...entry, values: entry.values.replace(/x60$/, 'x3000') })),
      alert: 'HostMemoryShort',
      severity: 'warning',
      toL2: 480,
      toL1: 1440,
    },
  ])(
    'escalate $name from plant to region to headquarters, by time, with its labels',
    async ({ group, series, alert, severity, toL2, toL1 }) => {
      const files = await writeRules(group, folder);
      const firing = (name: string): string =>
        `count by (item, alert, escalated, severity) (ALERTS{alertname="${name}",alert="${alert}",alertstate="firing"})`;
      const sample = (tier: string) => [
        { labels: `{item="host-1",alert="${alert}",escalated="${tier}",severity="${severity}"}`, value: 1 },
      ];
      const test = {
        rule_files: files,
        evaluation_interval: '30s',
        tests: [
          {
            interval: '30s',
            input_series: series,
            promql_expr_test: [
              { expr: firing('EscalatedToL2'), eval_time: `${toL2 - 1}m`, exp_samples: [] },
              { expr: firing('EscalatedToL2'), eval_time: `${toL2 + 1}m`, exp_samples: sample('L2') },
              { expr: firing('EscalatedToL1'), eval_time: `${toL1 - 1}m`, exp_samples: [] },
              { expr: firing('EscalatedToL1'), eval_time: `${toL1 + 1}m`, exp_samples: sample('L1') },
            ],
          },
        ],
      };
      const file = join(folder, 'escalation.yaml');
      await writeFile(file, printYaml(test));
      const result = await runProgram(programs.path('promtool'), ['test', 'rules', file], { timeoutMs: 60_000 });
      expect(`${result.stdout}${result.stderr}`).toContain('SUCCESS');
    },
  );
});

type Series = { readonly series: string; readonly values: string };

function labels(own: { readonly item: string; readonly class: string }): string {
  return `{item="${own.item}",class="${own.class}",tier="L3",site="plant",tenant="shared",team="plant-ops",criticality="high"}`;
}

function memory(selector: string, available: number): readonly Series[] {
  return [
    { series: `node_memory_MemAvailable_bytes${selector}`, values: `${available * 1000}x60` },
    { series: `node_memory_MemTotal_bytes${selector}`, values: '1000x60' },
  ];
}

/** An array of two disks. */
function raid({ active, failed }: { readonly active: number; readonly failed: number }): readonly Series[] {
  const host1 = labels({ item: 'host-1', class: 'host' });
  return [
    { series: `node_md_disks_required${withPart(host1, 'device="md0"')}`, values: '2x40' },
    { series: `node_md_disks${withPart(host1, 'device="md0",state="active"')}`, values: `${active}x40` },
    { series: `node_md_disks${withPart(host1, 'device="md0",state="failed"')}`, values: `${failed}x40` },
  ];
}

function filesystem(selector: string, available: string): readonly Series[] {
  const part = 'fstype="ext4",mountpoint="/var",device="/dev/sda2"';
  return [
    { series: `node_filesystem_avail_bytes${withPart(selector, part)}`, values: available },
    { series: `node_filesystem_size_bytes${withPart(selector, part)}`, values: '1000x1000' },
  ];
}

/** The selector with more labels: `{item="host-1"}` and `device="md0"`. */
function withPart(selector: string, part: string): string {
  return selector.replace('}', `,${part}}`);
}

async function writeRules(group: GroupDeclarations, folder: string): Promise<readonly string[]> {
  const { resources } = compileGroup(group);
  const rules = resources.filter(({ type, address }) => type === 'prometheus-rules' && address.startsWith('plant/'));
  return Promise.all(
    rules.map(async ({ address, spec }) => {
      const file = join(folder, `${address.replaceAll('/', '-')}.yaml`);
      await writeFile(file, printYaml({ groups: [spec.group ?? {}] }));
      return file;
    }),
  );
}
