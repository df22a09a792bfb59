import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content, ContentStack } from '../../toolkit/operate/contract.ts';
import { findFreePorts } from './free-ports.ts';

/** Where everything of one group runs on this machine: ports, folders, and the bindings that tell opsctl so. */
export interface Laboratory {
  readonly folder: string;
  readonly environment: string;
  readonly bindingsFile: string;
  readonly controlPoints: readonly ControlPoint[];
  readonly exporters: readonly Exporter[];
  readonly httpPort: number;
  readonly tcpPort: number;
}

export interface ControlPoint {
  readonly stack: ContentStack;
  readonly folder: string;
  readonly ports: { readonly prometheus: number; readonly alertmanager: number; readonly blackbox: number };
}

export interface Exporter {
  readonly item: string;
  readonly stack: string;
  readonly port: number;
}

/** Time runs this many times faster here, so that an alert which waits two minutes can be watched. */
const speed = 30;

export interface Place {
  readonly folder: string;
  readonly environment: string;
  /** Programs that check configurations before a reload. */
  readonly checkers: { readonly promtool: string; readonly amtool: string; readonly blackbox: string };
}

export async function layOutLaboratory(
  content: Content,
  { folder, environment, checkers }: Place,
): Promise<Laboratory> {
  await rm(folder, { recursive: true, force: true });
  const endpoints = declaredEndpoints(content);
  const ports = await findFreePorts(content.stacks.length * 3 + endpoints.exporters.length + 2);
  const nextPort = (): number => {
    const port = ports[index];
    index += 1;
    if (port === undefined) throw new Error('Bug: too few ports were looked for.');
    return port;
  };
  let index = 0;
  const laboratory: Laboratory = {
    folder,
    environment,
    bindingsFile: join(folder, 'bindings.yaml'),
    httpPort: nextPort(),
    tcpPort: nextPort(),
    controlPoints: content.stacks.map((stack) => ({
      stack,
      folder: join(folder, stack.name),
      ports: { prometheus: nextPort(), alertmanager: nextPort(), blackbox: nextPort() },
    })),
    exporters: endpoints.exporters.map(({ item, stack }) => ({ item, stack, port: nextPort() })),
  };
  await makeFolders(laboratory);
  await writeFile(laboratory.bindingsFile, printBindings(laboratory, endpoints, checkers));
  return laboratory;
}

interface DeclaredEndpoints {
  readonly exporters: readonly { readonly item: string; readonly stack: string; readonly endpoint: string }[];
  readonly http: readonly string[];
  readonly tcp: readonly string[];
}

interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** What the compiled target lists and routes say that they talk to, so that any group can be put on one machine. */
function declaredEndpoints({ resources }: Content): DeclaredEndpoints {
  const lists = resources.filter(({ type }) => type === 'prometheus-targets');
  const groups = lists.flatMap(({ spec, address }) =>
    (spec.groups as unknown as readonly TargetGroup[]).map((group) => ({
      ...group,
      stack: address.split('/')[0] ?? '',
    })),
  );
  const probed = groups.filter(({ labels }) => labels.__param_module !== undefined).flatMap(({ targets }) => targets);
  const scraped = groups.filter(({ labels }) => labels.__param_module === undefined);
  const receivers = JSON.stringify(
    resources.filter(({ type }) => type === 'alertmanager-config').map(({ spec }) => spec),
  );
  const webhooks = [...receivers.matchAll(/"url":"(https?:\/\/[^"]+)"/g)].map(([, url = '']) => url);
  return {
    exporters: scraped.map(({ targets, labels, stack }) => ({
      item: labels.item ?? '',
      stack,
      endpoint: targets[0] ?? '',
    })),
    http: [
      ...new Set([...probed.filter((target) => target.includes('://')), ...webhooks].map((url) => new URL(url).host)),
    ],
    tcp: probed.filter((target) => !target.includes('://')),
  };
}

async function makeFolders({ controlPoints }: Laboratory): Promise<void> {
  for (const { folder } of controlPoints) {
    for (const target of ['prometheus', 'alertmanager', 'blackbox', 'grafana', 'cmdb', 'data'])
      await mkdir(join(folder, target), { recursive: true });
  }
}

function printBindings(laboratory: Laboratory, endpoints: DeclaredEndpoints, checkers: Place['checkers']): string {
  const stacks = laboratory.controlPoints.map(({ stack, folder, ports }) =>
    [
      `  ${stack.name}:`,
      `    prometheus: { provider: prometheus, url: 'http://127.0.0.1:${ports.prometheus}', directory: '${folder}/prometheus', check: '${checkers.promtool}' }`,
      `    alertmanager: { provider: alertmanager, url: 'http://127.0.0.1:${ports.alertmanager}', directory: '${folder}/alertmanager', check: '${checkers.amtool}' }`,
      `    blackbox: { provider: blackbox, url: 'http://127.0.0.1:${ports.blackbox}', directory: '${folder}/blackbox', check: '${checkers.blackbox}' }`,
      `    grafana: { provider: grafana, directory: '${folder}/grafana' }`,
      `    cmdb: { provider: files, directory: '${folder}/cmdb' }`,
    ].join('\n'),
  );
  const addresses = [...addressBook(laboratory, endpoints)].map(([declared, real]) => `  '${declared}': '${real}'`);
  return `# Written by the quickstart; gone with the next one.\nenvironment: ${laboratory.environment}\nspeed: ${speed}\nstacks:\n${stacks.join('\n')}\naddresses:\n${addresses.join('\n')}\n`;
}

function addressBook(laboratory: Laboratory, endpoints: DeclaredEndpoints): ReadonlyMap<string, string> {
  const here = (port: number): string => `127.0.0.1:${port}`;
  const book = new Map<string, string>();
  // Declared behind TLS or not, the stand-ins of a laboratory speak plain HTTP on loopback.
  for (const host of endpoints.http) book.set(host, `http://${here(laboratory.httpPort)}`);
  for (const endpoint of endpoints.tcp) book.set(endpoint, here(laboratory.tcpPort));
  for (const [index, { endpoint }] of endpoints.exporters.entries())
    book.set(endpoint, here(laboratory.exporters[index]?.port ?? 0));
  for (const { stack, ports } of laboratory.controlPoints) {
    // Last, because a Prometheus that is probed over HTTP is the real one, not a page of the plant.
    book.set(`prometheus.${stack.name}:9090`, here(ports.prometheus));
    book.set(`alertmanager.${stack.name}:9093`, here(ports.alertmanager));
  }
  return book;
}
