import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { type Measured, scratchFolder, server } from './measured.ts';

export const etcdPrograms = realPrograms(['etcd']);

/** A cluster of one. */
export async function measureEtcd(): Promise<Measured> {
  const [clients, peers, metrics] = [await freePort(), await freePort(), await freePort()].map(
    (port) => `http://127.0.0.1:${port}`,
  );
  const args = [
    `--data-dir=${await scratchFolder()}/data`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    `--listen-metrics-urls=${metrics}`,
  ];
  const running = server({ program: etcdPrograms.path('etcd'), args, name: 'etcd' });
  return { page: await readUntil(`${metrics}/metrics`, ['etcd_server_has_leader 1'], running) };
}
