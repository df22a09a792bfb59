import { globSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { programsFolder } from '../../../toolkit/host/unpacked-programs.ts';
import { programs } from '../../../tools/programs/catalogue.ts';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { type Measured, scratchFolder, server } from './measured.ts';

export const rabbitmqPrograms = realPrograms(['rabbitmq-server']);

/** One node with its plugin. Debian's scripts know Erlang at its own place only, so it gets a script of ours for it. */
export async function measureRabbitmq(): Promise<Measured> {
  const folder = await scratchFolder();
  const [amqp, metrics, distribution, epmd] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const erlang = join(programsFolder(), 'erlang-base', 'usr/lib/erlang');
  const [binaries = ''] = globSync(join(erlang, 'erts-*/bin'));
  await writeErl(folder, erlang, binaries);
  await writeFile(join(folder, 'enabled'), '[rabbitmq_prometheus].\n');
  await writeFile(
    join(folder, 'rabbitmq.conf'),
    `listeners.tcp.1 = 127.0.0.1:${amqp}\nprometheus.tcp.port = ${metrics}\nprometheus.tcp.ip = 127.0.0.1\n`,
  );
  const names = server({ program: join(binaries, 'epmd'), args: ['-port', `${epmd}`], name: 'rabbitmq-server' });
  const [script = ''] = globSync(
    join(programsFolder(), 'rabbitmq-server/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server'),
  );
  const running = server({
    program: script,
    args: [],
    name: 'rabbitmq-server',
    env: {
      PATH: `${folder}/bin${delimiter}${process.env.PATH}`,
      HOME: folder,
      ERL_LIBS: erlangLibraries(),
      ERL_EPMD_PORT: `${epmd}`,
      RABBITMQ_NODENAME: `opsctl${metrics}@localhost`,
      RABBITMQ_DIST_PORT: `${distribution}`,
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled'),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
    },
  });
  const lines = ['rabbitmq_process_max_fds', 'rabbitmq_global_messages_unroutable_dropped_total{'];
  const page = await readUntil(`http://127.0.0.1:${metrics}/metrics`, lines, {
    ...running,
    output: () => names.output() + running.output(),
  });
  return { page };
}

async function writeErl(folder: string, root: string, binaries: string): Promise<void> {
  await mkdir(join(folder, 'bin'));
  const erl = join(folder, 'bin', 'erl');
  await writeFile(
    erl,
    `#!/bin/sh\nexport ROOTDIR='${root}' BINDIR='${binaries}' EMU=beam PROGNAME=erl\nexec "$BINDIR/erlexec" "$@"\n`,
  );
  await chmod(erl, 0o755);
}

/** Each package of Erlang has its libraries in a folder of its own. */
function erlangLibraries(): string {
  const packages = programs['rabbitmq-server'].needs ?? [];
  return packages.map((name) => join(programsFolder(), name, 'usr/lib/erlang/lib')).join(delimiter);
}
