import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured, scratchFolder, server } from './measured.ts';

export const redisPrograms = realPrograms(['redis-server', 'prometheus-redis-exporter']);

/** A master, its replica, and one in cluster mode: each has metrics that the others have not. */
export async function measureRedis(): Promise<Measured> {
  const folder = await scratchFolder();
  const program = join(folder, 'redis-server');
  await symlink(redisPrograms.path('redis-server'), program);
  const [master, replica, member] = [await freePort(), await freePort(), await freePort()];
  const startRedis = (port: number, ...more: readonly string[]) => {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--dbfilename', `${port}.rdb`, ...more];
    return server({ program, args, name: 'redis-server' });
  };
  const running = startRedis(master, '--maxmemory', '64mb');
  const follower = startRedis(replica, '--replicaof', `127.0.0.1 ${master}`);
  const clustered = startRedis(member, '--cluster-enabled', 'yes', '--cluster-port', `${await freePort()}`);

  const url = await exporterOf(master);
  const pages = [
    await readUntil(url, ['redis_up 1', 'redis_connected_slaves 1'], running),
    await readUntil(await exporterOf(replica), ['redis_up 1', 'redis_master_link_up{'], follower),
    await readUntil(await exporterOf(member), ['redis_up 1'], clustered),
  ];
  return {
    page: pages.join('\n'),
    afterStop: async (lines) => {
      await running.stop();
      return readUntil(url, lines, running);
    },
  };
}

function exporterOf(port: number): Promise<string> {
  return exporter(redisPrograms.path('prometheus-redis-exporter'), (own) => [
    `--web.listen-address=127.0.0.1:${own}`,
    `--redis.addr=redis://127.0.0.1:${port}`,
  ]);
}
