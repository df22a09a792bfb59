import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured } from './measured.ts';

export const elasticsearchPrograms = realPrograms(['prometheus-elasticsearch-exporter']);

/** The exporter is real, and the cluster behind it is played: there is none in Debian. */
export async function measureElasticsearch(): Promise<Measured> {
  const port = await freePort();
  const cluster = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[path] ?? {}));
  });
  await new Promise<void>((resolve) => cluster.listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    cluster.closeAllConnections();
    await new Promise((resolve) => cluster.close(resolve));
  };
  onTestFinished(stop);
  const url = await exporter(elasticsearchPrograms.path('prometheus-elasticsearch-exporter'), (own) => [
    `--web.listen-address=127.0.0.1:${own}`,
    `--es.uri=http://127.0.0.1:${port}`,
    '--es.all',
  ]);
  const played = { output: () => 'It is played.', stop };
  const page = await readUntil(url, ['elasticsearch_cluster_health_status{cluster="c",color="yellow"} 1'], played);
  return {
    page,
    afterStop: async (lines) => {
      await stop();
      return readUntil(url, lines, played);
    },
  };
}

const node = {
  name: 'n1',
  host: '10.0.0.1',
  roles: ['master', 'data', 'ingest'],
  jvm: { mem: { heap_used_in_bytes: 500, heap_max_in_bytes: 1000, non_heap_used_in_bytes: 1 } },
  breakers: { parent: { limit_size_in_bytes: 10, estimated_size_in_bytes: 1, overhead: 1, tripped: 2 } },
  thread_pool: { write: { threads: 1, queue: 0, active: 0, rejected: 3, largest: 1, completed: 9 } },
  fs: {
    data: [{ path: '/data', mount: '/', type: 'ext4', total_in_bytes: 100, free_in_bytes: 50, available_in_bytes: 40 }],
  },
};

const answers: Readonly<Record<string, unknown>> = {
  '/': { name: 'n1', cluster_name: 'c', cluster_uuid: 'u', version: { number: '8.0.0', lucene_version: '9.0.0' } },
  '/_cluster/health': {
    cluster_name: 'c',
    status: 'yellow',
    number_of_nodes: 1,
    number_of_data_nodes: 1,
    active_primary_shards: 1,
    active_shards: 1,
    unassigned_shards: 1,
    number_of_pending_tasks: 0,
  },
  '/_nodes/stats': { cluster_name: 'c', nodes: { abc: node } },
};
