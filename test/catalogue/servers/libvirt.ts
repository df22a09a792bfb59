import { environmentOf, readUntil } from '../../support/measured-servers.ts';
import { realPrograms } from '../../support/programs.ts';
import { exporter, type Measured } from './measured.ts';

export const libvirtPrograms = realPrograms(['prometheus-libvirt-exporter']);

/** The exporter before libvirt's own test driver, which has one virtual machine and needs no daemon. */
export async function measureLibvirt(): Promise<Measured> {
  const url = await exporterOf('test:///default');
  const withoutDaemon = await exporterOf('qemu+unix:///system?socket=/nonexistent');
  const played = { output: () => 'It is played.', stop: async () => undefined };
  return {
    page: await readUntil(url, ['libvirt_up 1', 'libvirt_domains_number 1'], played),
    afterStop: (lines) => readUntil(withoutDaemon, lines, played),
  };
}

function exporterOf(uri: string): Promise<string> {
  return exporter(
    libvirtPrograms.path('prometheus-libvirt-exporter'),
    (own) => [`--web.listen-address=127.0.0.1:${own}`, `--libvirt.uri=${uri}`],
    { ...environmentOf('prometheus-libvirt-exporter'), LIBVIRT_AUTOSTART: '0' },
  );
}
