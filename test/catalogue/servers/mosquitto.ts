import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readUntil } from '../../support/measured-servers.ts';
import { freePort } from '../../support/processes.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured, scratchFolder, server } from './measured.ts';

export const mosquittoPrograms = realPrograms(['mosquitto', 'prometheus-mqtt-exporter']);

/** A broker, and the exporter with the rules that the catalogue has for it. */
export async function measureMosquitto(): Promise<Measured> {
  const folder = await scratchFolder();
  const port = await freePort();
  const settings = join(folder, 'mosquitto.conf');
  // It tells of itself every ten seconds unless told otherwise.
  await writeFile(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\nsys_interval 1\nuser root\n`);
  const broker = server({ program: mosquittoPrograms.path('mosquitto'), args: ['-c', settings], name: 'mosquitto' });
  const rules = join(folder, 'mqtt-mosquitto.yaml');
  const ours = join(import.meta.dirname, '..', '..', '..', 'cmdb', 'catalogue', 'exporters', 'mqtt-mosquitto.yaml');
  await writeFile(rules, (await readFile(ours, 'utf8')).replace('127.0.0.1:1883', `127.0.0.1:${port}`));
  const url = await exporter(mosquittoPrograms.path('prometheus-mqtt-exporter'), (own) => [
    ...['-config', rules, '-listen-address', '127.0.0.1', '-listen-port', `${own}`],
  ]);
  const lines = ['mqtt2prometheus_connected 1', 'mosquitto_clients_connected{', 'mosquitto_heap_bytes{'];
  return {
    page: await readUntil(url, lines, broker),
    afterStop: async (wanted) => {
      await broker.stop();
      return readUntil(url, wanted, broker);
    },
  };
}
