import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { printSeries, readSeries } from '../../toolkit/compile/pipelines/index.ts';
import { toRelabelling } from '../../toolkit/compile/pipelines/to-relabelling.ts';
import { type Labels, type RelabelRule, relabel } from '../../toolkit/languages/relabelling/index.ts';
import { definePipeline, type PipelineStep, steps } from '../../toolkit/model/index.ts';
import { startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus']);

const exposition = [
  'node_load1 1',
  'node_cpu_seconds_total{cpu="0",mode="idle"} 2',
  'node_network_up{device="eth0"} 1',
  'node_network_up{device="veth12"} 1',
  'node_filesystem_free{device="/dev/sda1",mountpoint="/"} 3',
  'node_filesystem_free{device="tmpfs",mountpoint="/run"} 4',
  'odd{text="a;b",dollar="$1",slash="\\\\"} 5',
  'empty{nothing=""} 6',
];

const series: readonly Labels[] = exposition.map((line) => {
  const read = readSeries(line);
  return {
    __name__: read?.name ?? '',
    ...Object.fromEntries(Object.entries(read?.labels ?? {}).filter(([, value]) => value !== '')),
  };
});

/** Rules as they can be written, and pipelines as they are compiled. */
const cases: Readonly<Record<string, readonly RelabelRule[]>> = {
  'drop by name': [{ action: 'drop', source_labels: ['__name__'], regex: 'node_(load1|cpu.*)' }],
  'keep by two labels': [{ action: 'keep', source_labels: ['__name__', 'device'], regex: 'node_network_up;eth.*' }],
  'a pattern is of the whole value': [{ action: 'keep', source_labels: ['__name__'], regex: 'node' }],
  'another separator': [
    { action: 'keep', source_labels: ['mountpoint', 'device'], separator: '@', regex: '/@/dev/(.+)' },
  ],
  'replace with a group': [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a group of a regular expression.
    { source_labels: ['device'], regex: '/dev/(\\w+?)(\\d+)', target_label: 'disk', replacement: '${1}-$2' },
  ],
  'a group that is not there is empty': [
    { source_labels: ['device'], regex: '(e)(th)?.*', target_label: 'card', replacement: '$1$2$9' },
  ],
  'a name of a group is as long as it can be': [
    { source_labels: ['device'], regex: '(.+)', target_label: 'card', replacement: '$1x' },
  ],
  'a dollar is written twice': [{ source_labels: ['device'], regex: '(.+)', target_label: 'card', replacement: '$$1' }],
  'nothing takes a label away': [{ source_labels: ['cpu'], regex: '0', target_label: 'mode', replacement: '' }],
  'the same text for all': [{ target_label: 'zone', replacement: 'east' }],
  'the name of the label from a group': [
    { source_labels: ['mode'], regex: '(.+)', target_label: 'mode_$1', replacement: 'yes' },
  ],
  'drop labels': [{ action: 'labeldrop', regex: 'device|m.*' }],
  'map labels': [{ action: 'labelmap', regex: 'mount(.+)', replacement: 'at_$1' }],
  'labels that begin with __ stay': [{ target_label: '__tmp_a', replacement: 'x' }],
  'drop of several': compiled(
    steps.drop({
      where: {
        any: [
          { field: 'mode', is: 'idle' },
          { field: 'device', matches: '^(veth|tmp)' },
        ],
      },
    }),
  ),
  'drop where both hold': compiled(
    steps.drop({
      where: {
        all: [
          { field: 'metric', matches: '^node_net' },
          { field: 'device', matches: '^v' },
        ],
      },
    }),
  ),
  'keep where both hold': compiled(
    steps.keep({
      where: {
        all: [
          { field: 'metric', matches: 'filesystem' },
          { field: 'mountpoint', in: ['/', '/x'] },
        ],
      },
    }),
  ),
  'keep what is not so': compiled(steps.keep({ where: { not: { field: 'device', matches: '^eth|fs$' } } })),
  'rename a metric and a label': compiled(
    steps.map({ field: 'metric', values: { node_load1: 'load_one' } }),
    steps.rename({ field: 'device', to: 'disk' }),
  ),
  'map to few values': compiled(
    steps.map({
      field: 'device',
      to: 'kind',
      values: { '/^\\/dev\\//': 'disk', '/eth/': 'net$1' },
      otherwise: 'other',
    }),
  ),
  'map in place': compiled(steps.map({ field: 'device', values: { '/^v/': 'eth0', eth0: 'primary' } })),
  'set and remove': compiled(
    steps.set({ field: 'source', to: { field: 'device' } }),
    steps.set({ field: 'zone', to: 'a$1' }),
    steps.remove({ fields: ['mountpoint', 'cpu'] }),
  ),
};

describe.skipIf(!programs.available)(programs.title('a real Prometheus'), () => {
  let found: ReadonlyMap<string, readonly string[]>;
  beforeAll(async () => {
    found = await scrapeWith(cases);
  });

  it.each(Object.entries(cases))('%s', (name, rules) => {
    const expected = series
      .map((labels) => relabel(labels, rules))
      .filter((labels) => labels !== null)
      .map(printed);
    expect(found.get(name)).toEqual([...new Set(expected)].sort());
  });
});

function compiled(...made: readonly PipelineStep[]): readonly RelabelRule[] {
  return toRelabelling(
    definePipeline({
      id: 'cleaned',
      title: { en: 'Cleaned', zh: '清理' },
      with: 'prometheus',
      from: { kind: 'metrics', job: 'host-node' },
      steps: made,
    }),
  );
}

function printed({ __name__: name = '', ...labels }: Labels): string {
  return printSeries(name, labels);
}

/** Every case is a job of one Prometheus that scrapes the same exporter. */
async function scrapeWith(jobs: typeof cases): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-relabel-'));
  const exporter = createServer((_, response) => response.end(`${exposition.join('\n')}\n`));
  await new Promise<void>((resolve) => exporter.listen(0, '127.0.0.1', resolve));
  const { port } = exporter.address() as AddressInfo;
  const names = Object.keys(jobs);
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: Object.values(jobs).map((rules, index) => ({
      job_name: `job-${index}`,
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
      metric_relabel_configs: rules,
    })),
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const prometheus = await startProgram({
    program: programs.path('prometheus'),
    args: (own) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${own}`,
    ],
    ready: '/-/ready',
  });
  try {
    return new Map(
      await Promise.all(
        names.map(async (name, index) => [name, await seriesOf(prometheus.url, `job-${index}`)] as const),
      ),
    );
  } finally {
    await prometheus.stop();
    exporter.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Once the target was scraped; a series that is there then is all that will be. */
async function seriesOf(url: string, job: string): Promise<readonly string[]> {
  const isUp = async () => {
    const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(`up{job="${job}"} == 1`)}`);
    return ((await answer.json()) as { data: { result: readonly unknown[] } }).data.result.length === 1;
  };
  await vi.waitUntil(isUp, { timeout: 20_000, interval: 100 });
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(`{job="${job}"}`)}`);
  const { data } = (await answer.json()) as { data: { result: readonly { metric: Record<string, string> }[] } };
  const own = [
    'up',
    'scrape_duration_seconds',
    'scrape_samples_post_metric_relabeling',
    'scrape_samples_scraped',
    'scrape_series_added',
  ];
  return data.result
    .filter(({ metric }) => !own.includes(metric['__name__'] ?? ''))
    .map(({ metric: { job: _, instance: __, ...labels } }) => printed(labels))
    .sort();
}
