import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../toolkit/model/index.ts';
import { sampleGroup, sampleItem } from '../../toolkit/testing/sample-group.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(['prometheus']);

/** As the connectors of an OpenTelemetry Collector print two services, of which `web` calls `shop`. */
const page = `# TYPE traces_span_metrics_calls_total counter
traces_span_metrics_calls_total{service_name="shop",span_name="GET /cart",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"} 10
traces_span_metrics_calls_total{service_name="web",span_name="GET /",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"} 20
# TYPE traces_service_graph_request_total counter
traces_service_graph_request_total{client="web",server="shop",connection_type=""} 9
# TYPE kube_deployment_spec_replicas gauge
kube_deployment_spec_replicas{namespace="mes",deployment="api"} 3
kube_deployment_spec_replicas{namespace="test",deployment="api"} 1
kube_deployment_spec_replicas{namespace="mes",deployment="web"} 2
# TYPE kube_statefulset_replicas gauge
kube_statefulset_replicas{namespace="mes",statefulset="api"} 5
# TYPE otelcol_other gauge
otelcol_other 1
`;

describe.skipIf(!programs.available)(programs.title('a page that several items share, in a real Prometheus'), () => {
  let folder = '';
  let collector: Server;
  let prometheus: RunningProgram;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-traces-'));
    collector = createServer((_, response) =>
      response.setHeader('content-type', 'text/plain; version=0.0.4').end(page),
    );
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    await writeConfiguration((collector.address() as AddressInfo).port);
    prometheus = await startProgram({
      program: programs.path('prometheus'),
      args: (port) => [
        `--config.file=${folder}/prometheus.yaml`,
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      ready: '/-/ready',
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await new Promise((resolve) => collector.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  it('gives each item what is its own, with its labels, and nobody the rest', async () => {
    await vi.waitFor(async () => expect(await seriesOf('up')).toHaveLength(4), { timeout: 30_000, interval: 200 });
    const calls = await seriesOf('traces_span_metrics_calls_total');
    expect(calls.map(({ item, team, service_name: of }) => ({ item, team, of })).sort(byItem)).toEqual([
      { item: 'shop-1', team: 'plant-ops', of: 'shop' },
      { item: 'web-1', team: 'plant-ops', of: 'web' },
    ]);
    expect(calls.flatMap((labels) => Object.keys(labels)).filter((label) => /share/.test(label))).toEqual([]);
    expect(await seriesOf('traces_service_graph_request_total')).toMatchObject([{ item: 'shop-1', client: 'web' }]);
    expect(await seriesOf('otelcol_other')).toEqual([]);
  });

  it('knows a workload by its namespace and its name together, and by what kind it is', async () => {
    await vi.waitFor(async () => expect(await seriesOf('up')).toHaveLength(4), { timeout: 30_000, interval: 200 });
    const wanted = (found: readonly Readonly<Record<string, string>>[]) =>
      found.map(({ item, namespace, deployment, statefulset }) => ({ item, namespace, deployment, statefulset }));
    expect(wanted(await seriesOf('kube_deployment_spec_replicas'))).toEqual([
      { item: 'api-1', namespace: 'mes', deployment: 'api' },
    ]);
    expect(wanted(await seriesOf('kube_statefulset_replicas'))).toEqual([
      { item: 'queue-1', namespace: 'mes', statefulset: 'api' },
    ]);
  });

  async function seriesOf(query: string): Promise<readonly Readonly<Record<string, string>>[]> {
    const answer = await fetch(`${prometheus.url}/api/v1/query?query=${query}`);
    const { data } = (await answer.json()) as { data: { result: { metric: Record<string, string> }[] } };
    return data.result.map(({ metric }) => metric);
  }

  /** The compiled job with its targets as they are, only more often scraped. */
  async function writeConfiguration(port: number): Promise<void> {
    const items = ['shop', 'web'].map((serviceName) =>
      sampleItem(`${serviceName}-1`, 'traced-service', { serviceName, address: '127.0.0.1', port }),
    );
    const workload = { stateMetrics: '127.0.0.1', stateMetricsPort: port, namespace: 'mes', workload: 'api' };
    const workloads = [
      sampleItem('api-1', 'kubernetes-workload', { ...workload, kind: 'deployment' }),
      sampleItem('queue-1', 'kubernetes-workload', { ...workload, kind: 'statefulset' }),
    ];
    const { resources } = compileGroup(sampleGroup({ items: [...items, ...workloads] }));
    const specOf = (name: string): JsonObject => {
      const spec = resources.find(({ address }) => address === `plant/${name}`)?.spec;
      if (spec === undefined) throw new Error(`Nothing was compiled to ${name}.`);
      return spec;
    };
    await mkdir(join(folder, 'targets'));
    for (const name of scraped) {
      const { groups } = specOf(`prometheus-targets/${name}`);
      await writeFile(join(folder, `targets/${name}.json`), JSON.stringify(groups));
    }
    const { config } = specOf('prometheus-config/main');
    const jobs = isJsonObject(config) ? (config.scrape_configs as readonly JsonValue[]).filter(isJsonObject) : [];
    const own = jobs.filter(({ job_name: name }) => scraped.includes(String(name)));
    const faster = own.map((job) => ({ ...job, scrape_interval: '1s', scrape_timeout: '1s' }));
    await writeFile(join(folder, 'prometheus.yaml'), printYaml({ scrape_configs: faster }));
  }
});

const scraped = ['traced-service-collector', 'kubernetes-workload-deployment', 'kubernetes-workload-statefulset'];

function byItem(left: { item?: string | undefined }, right: { item?: string | undefined }): number {
  return (left.item ?? '') < (right.item ?? '') ? -1 : 1;
}
