import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { environmentOf, type RunningServer, readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured, scratchFolder, server } from './measured.ts';

export const mysqlPrograms = realPrograms(['mariadbd', 'prometheus-mysqld-exporter']);

const account = "'exporter'@'localhost'";

/** A source and its replica; the exporter is at the replica. */
export async function measureMysql(): Promise<Measured> {
  const folder = await scratchFolder();
  const [sourcePort, port] = [await freePort(), await freePort()];
  const grants = [`CREATE OR REPLACE USER ${account} IDENTIFIED BY 'e';`, `GRANT ALL ON *.* TO ${account};`];
  const follow = `CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=${sourcePort}, MASTER_USER='exporter', MASTER_PASSWORD='e';`;
  await startMariadb(join(folder, 'source'), sourcePort, 1, grants);
  const replica = await startMariadb(join(folder, 'replica'), port, 2, [...grants, follow, 'START SLAVE;']);

  const settings = join(folder, 'exporter.cnf');
  await writeFile(settings, `[client]\nuser=exporter\npassword=e\nhost=127.0.0.1\nport=${port}\n`);
  const url = await exporter(mysqlPrograms.path('prometheus-mysqld-exporter'), (own) => [
    `--web.listen-address=127.0.0.1:${own}`,
    `--config.my-cnf=${settings}`,
  ]);
  const page = await readUntil(url, ['mysql_up 1', 'mysql_slave_status_seconds_behind_master{'], replica);
  return {
    page,
    afterStop: async (lines) => {
      await replica.stop();
      return readUntil(url, lines, replica);
    },
  };
}

async function startMariadb(
  data: string,
  port: number,
  serverId: number,
  statements: readonly string[],
): Promise<RunningServer> {
  mkdirSync(data);
  const program = realpathSync(mysqlPrograms.path('mariadbd'));
  const base = dirname(dirname(program));
  // Plain reads and writes: asynchronous ones have a limit that all of the machine share.
  const plain = ['--innodb-use-native-aio=OFF', `--tmpdir=${dirname(data)}`];
  const common = [
    '--no-defaults',
    '--user=root',
    `--basedir=${base}`,
    `--lc-messages-dir=${base}/share/mysql`,
    ...plain,
  ];
  const env = { PATH: process.env.PATH ?? '', ...environmentOf('mariadbd') };
  const bootstrap = [...common, `--datadir=${data}`, '--bootstrap', '--log-warnings=0'];
  execFileSync(program, bootstrap, { input: await systemTables(base), env, stdio: ['pipe', 'ignore', 'pipe'] });
  const script = `${data}.sql`;
  await writeFile(script, `${statements.join('\n')}\n`);
  const args = [
    ...common,
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${data}.sock`,
    '--log-bin=binary',
    '--relay-log=relay',
    `--server-id=${serverId}`,
    `--init-file=${script}`,
  ];
  return server({ program, args, name: 'mariadbd' });
}

async function systemTables(base: string): Promise<string> {
  const files = ['mysql_system_tables', 'mysql_performance_tables', 'mysql_system_tables_data'];
  const texts = files.map((file) => readFile(join(base, 'share/mysql', `${file}.sql`), 'utf8'));
  return ['CREATE DATABASE mysql;', 'USE mysql;', ...(await Promise.all(texts))].join('\n');
}
