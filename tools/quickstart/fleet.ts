import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Installation, type ProgramName, pathOf } from '../programs.ts';
import type { ControlPoint, Exporter, Laboratory } from './laboratory.ts';

/** The real programs of a laboratory, running on loopback ports. */
export interface Fleet {
  readonly size: number;
  stopExporter(item: string): Promise<void>;
  startExporter(item: string): Promise<void>;
  stopAll(): Promise<void>;
  /** For `--keep`: they outlive this process. */
  release(): readonly number[];
}

interface Running {
  readonly name: string;
  readonly child: ChildProcess;
  readonly readyUrl: string;
}

/** Starts one Prometheus, Alertmanager and blackbox exporter per control point, and one node exporter per host. */
export async function startFleet(laboratory: Laboratory, installation: Installation): Promise<Fleet> {
  const running = new Map<string, Running>();
  const launch = (name: string, program: ProgramName, parameters: readonly string[], readyUrl: string): void => {
    const log = openSync(join(laboratory.folder, `${name}.log`), 'a', 0o600);
    const child = spawn(pathOf(installation, program), parameters, { stdio: ['ignore', log, log], detached: true });
    running.set(name, { name, child, readyUrl });
  };
  const launchExporter = ({ item, port }: Exporter): void =>
    launch(
      exporterName(item),
      'prometheus-node-exporter',
      [`--web.listen-address=127.0.0.1:${port}`],
      `http://127.0.0.1:${port}/`,
    );

  try {
    for (const point of laboratory.controlPoints) {
      await writeFactorySettings(point);
      for (const { name, program, parameters, readyUrl } of programsOf(point))
        launch(name, program, parameters, readyUrl);
    }
    for (const exporter of laboratory.exporters) launchExporter(exporter);
    await Promise.all([...running.values()].map((entry) => waitUntilReady(entry, laboratory.folder)));
  } catch (error) {
    await stopAll(running);
    throw error;
  }
  return {
    size: running.size,
    stopExporter: (item) => stopOne(running, exporterName(item)),
    startExporter: async (item) => {
      const exporter = laboratory.exporters.find((entry) => entry.item === item);
      if (exporter === undefined) throw new Error(`Bug: no exporter stands for ${item}.`);
      launchExporter(exporter);
      const entry = running.get(exporterName(item));
      if (entry !== undefined) await waitUntilReady(entry, laboratory.folder);
    },
    stopAll: () => stopAll(running),
    release: () => {
      for (const { child } of running.values()) child.unref();
      return [...running.values()].flatMap(({ child }) => (child.pid === undefined ? [] : [child.pid]));
    },
  };
}

function exporterName(item: string): string {
  return `node-exporter-${item}`;
}

/** What a package leaves behind: a configuration that starts and watches nothing. opsctl takes it over. */
async function writeFactorySettings({ folder }: ControlPoint): Promise<void> {
  await writeFile(join(folder, 'prometheus/prometheus.yml'), 'global: {}\n');
  await writeFile(
    join(folder, 'alertmanager/alertmanager.yml'),
    'route:\n  receiver: factory\nreceivers:\n  - name: factory\n',
  );
  await writeFile(join(folder, 'blackbox/blackbox.yml'), 'modules:\n  icmp:\n    prober: icmp\n');
}

interface Launch {
  readonly name: string;
  readonly program: ProgramName;
  readonly parameters: readonly string[];
  readonly readyUrl: string;
}

function programsOf({ stack, folder, ports }: ControlPoint): readonly Launch[] {
  return [
    {
      name: `prometheus-${stack.name}`,
      program: 'prometheus',
      parameters: [
        `--config.file=${folder}/prometheus/prometheus.yml`,
        `--storage.tsdb.path=${folder}/data/prometheus`,
        '--storage.tsdb.retention.time=2h',
        `--web.listen-address=127.0.0.1:${ports.prometheus}`,
        '--web.enable-lifecycle',
        // Shorter than the shortest `for` here, or a restart would set every escalation back to its start.
        '--rules.alert.for-grace-period=1s',
        '--log.level=warn',
      ],
      readyUrl: `http://127.0.0.1:${ports.prometheus}/-/ready`,
    },
    {
      name: `alertmanager-${stack.name}`,
      program: 'alertmanager',
      parameters: [
        `--config.file=${folder}/alertmanager/alertmanager.yml`,
        `--storage.path=${folder}/data/alertmanager`,
        `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
        // Otherwise it opens port 9094 on every interface to find others of its kind.
        '--cluster.listen-address=',
        '--log.level=warn',
      ],
      readyUrl: `http://127.0.0.1:${ports.alertmanager}/-/ready`,
    },
    {
      name: `blackbox-${stack.name}`,
      program: 'prometheus-blackbox-exporter',
      parameters: [
        `--config.file=${folder}/blackbox/blackbox.yml`,
        `--web.listen-address=127.0.0.1:${ports.blackbox}`,
        '--log.level=warn',
      ],
      readyUrl: `http://127.0.0.1:${ports.blackbox}/-/healthy`,
    },
  ];
}

const readyTimeoutMs = 30_000;

async function waitUntilReady({ name, child, readyUrl }: Running, folder: string): Promise<void> {
  const deadline = performance.now() + readyTimeoutMs;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    const response = await fetch(readyUrl).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok === true) return;
    await delay(50);
  }
  throw new Error(`${name} did not become ready; its log is ${join(folder, `${name}.log`)}.`);
}

async function stopOne(running: Map<string, Running>, name: string): Promise<void> {
  const entry = running.get(name);
  if (entry === undefined) return;
  running.delete(name);
  await stopProcess(entry.child);
}

async function stopAll(running: Map<string, Running>): Promise<void> {
  await Promise.all([...running.keys()].map((name) => stopOne(running, name)));
}

/** Asks, and after five seconds insists. */
async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(insist);
}
