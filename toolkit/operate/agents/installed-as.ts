import type { ConfigurationItem } from '../../model/index.ts';

/** How a program came onto a machine, and so how it is brought to another version or off it. */
export type InstalledAs = 'deb' | 'rpm' | 'binary' | 'msi' | 'container' | 'daemonset';

export const waysOfInstalling: readonly InstalledAs[] = ['deb', 'rpm', 'binary', 'msi', 'container', 'daemonset'];

/** By the operating system of the item, or of what it runs on; null: nothing says. */
export function installedAs(
  item: ConfigurationItem | undefined,
  items: ReadonlyMap<string, ConfigurationItem>,
): InstalledAs | null {
  for (let at = item, hops = 0; at !== undefined && hops < 5; hops += 1) {
    const way = wayOn(at);
    if (way !== null) return way;
    at = items.get(at.relations.find(({ type }) => type === 'runs-on')?.to ?? '');
  }
  return null;
}

function wayOn({ class: of, attributes }: ConfigurationItem): InstalledAs | null {
  if (of === 'windows-host') return 'msi';
  const { operatingSystem } = attributes;
  if (typeof operatingSystem !== 'string') return null;
  return families.find(({ names }) => names.test(operatingSystem))?.way ?? null;
}

/** Names as people write them into inventories. Kylin and UOS exist for servers (rpm) and for desktops: servers count. */
const families: readonly { readonly names: RegExp; readonly way: InstalledAs }[] = [
  { names: /debian|ubuntu|deepin|mint/i, way: 'deb' },
  { names: /red ?hat|rhel|centos|rocky|alma|oracle linux|fedora|suse|sles/i, way: 'rpm' },
  { names: /euler|anolis|kylin|麒麟|openkylin|uos|统信|欧拉|龙蜥|alinux|tencentos/i, way: 'rpm' },
  { names: /windows/i, way: 'msi' },
];

/** What a program is called where it is installed. */
export interface InstalledNames {
  readonly package: string;
  readonly unit: string;
}

/** Debian packs exporters as `prometheus-<what>-exporter`, with a unit of the same name; elsewhere they keep theirs. */
export function namesOf(program: string, way: InstalledAs): InstalledNames {
  if (way !== 'deb') return { package: program, unit: program };
  const exporter = /^(.*?)[_-](?:prometheus[_-])?exporter$/.exec(program);
  const name = debianNames[program] ?? (exporter === null ? program : `prometheus-${exporter[1]}-exporter`);
  return { package: name, unit: name };
}

/** As they are called in Debian 12. */
const debianNames: Readonly<Record<string, string>> = {
  pushgateway: 'prometheus-pushgateway',
};
