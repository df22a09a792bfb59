import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, readdirSync, realpathSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { programsFolder } from '../../../toolkit/host/unpacked-programs.ts';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured, scratchFolder, server } from './measured.ts';

export const postgresqlPrograms = realPrograms(['postgres', 'prometheus-postgres-exporter']);

const nobody = { uid: 65_534, gid: 65_534 };
/** It refuses to run as root, so there it runs as nobody. */
const user = process.getuid?.() === 0 ? nobody : undefined;

/** A primary with a replication slot, and the standby that reads it. */
export async function measurePostgresql(): Promise<Measured> {
  const folder = await scratchFolder();
  chmodSync(folder, 0o777);
  const bin = binariesIn(folder);
  const [primary, standby] = [join(folder, 'primary'), join(folder, 'standby')];
  run(bin, 'initdb', ['-D', primary, '-A', 'trust', '-U', 'postgres', '--no-locale', '-E', 'UTF8', '--no-sync']);
  const [port, standbyPort] = [await freePort(), await freePort()];
  await appendFile(join(primary, 'postgresql.conf'), settings(port));
  run(bin, 'postgres', ['--single', '-D', primary, 'postgres'], "select pg_create_physical_replication_slot('s')\n");
  cpSync(primary, standby, { recursive: true });
  const source = `port = ${standbyPort}\nprimary_conninfo = 'host=127.0.0.1 port=${port} user=postgres'\nprimary_slot_name = 's'\n`;
  await appendFile(join(standby, 'postgresql.conf'), source);
  await writeFile(join(standby, 'standby.signal'), '');
  giveTo(standby);

  // At SIGTERM it waits until every client, and the standby, has gone.
  const ending = { endBy: 'SIGINT', ...(user === undefined ? {} : { user }) } as const;
  const start = { program: join(bin, 'postgres'), name: 'postgres', ...ending } as const;
  const running = server({ ...start, args: ['-D', primary] });
  server({ ...start, args: ['-D', standby] });
  const url = await exporter(
    postgresqlPrograms.path('prometheus-postgres-exporter'),
    (own) => [`--web.listen-address=127.0.0.1:${own}`],
    { DATA_SOURCE_NAME: `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable` },
  );
  const page = await readUntil(url, ['pg_up 1', 'pg_stat_replication_pg_wal_lsn_diff{'], running);
  return {
    page,
    afterStop: async (lines) => {
      await running.stop();
      return readUntil(url, lines, running);
    },
  };
}

/** Nobody may not look into the private copy of root, so it is copied to where the data is. */
function binariesIn(folder: string): string {
  const program = realpathSync(postgresqlPrograms.path('postgres'));
  if (user === undefined || !program.startsWith(programsFolder())) return dirname(program);
  cpSync(join(programsFolder(), 'postgresql-15'), join(folder, 'package'), { recursive: true });
  return join(folder, 'package', 'usr/lib/postgresql/15/bin');
}

function run(bin: string, program: string, args: readonly string[], input = ''): void {
  execFileSync(join(bin, program), args, { input, stdio: ['pipe', 'ignore', 'pipe'], cwd: bin, ...user });
}

function settings(port: number): string {
  return `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n`;
}

/** A copy belongs to whoever made it, and must not be open to others. */
function giveTo(directory: string): void {
  if (user === undefined) return;
  for (const path of ['.', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })])
    chownSync(join(directory, path), user.uid, user.gid);
  chmodSync(directory, 0o700);
}
