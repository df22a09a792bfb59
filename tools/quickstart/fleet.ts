import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Installation, type ProgramName, pathOf } from '../programs.ts';
import type { ControlPoint, Exporter, Laboratory } from './laboratory.ts';

/** The real programs of a laboratory, running on loopback ports; each by its name. */
export interface Fleet {
  readonly size: number;
  stop(name: string): Promise<void>;
  /** Starts one again that was stopped, as it was. */
  start(name: string): Promise<void>;
  stopAll(): Promise<void>;
  /** For `--keep`: they outlive this process. */
  release(): readonly number[];
}

export function exporterName(item: string): string {
  return `node-exporter-${item}`;
}

export function prometheusName(stack: string): string {
  return `prometheus-${stack}`;
}

/** Starts one Prometheus, Alertmanager and blackbox exporter per control point, and one node exporter per host. */
export async function startFleet(laboratory: Laboratory, installation: Installation): Promise<Fleet> {
  const launches = [...laboratory.controlPoints.flatMap(programsOf), ...laboratory.exporters.map(exporterOf)];
  const running = new Map<string, ChildProcess>();
  const start = async (name: string): Promise<void> => {
    const launch = launches.find((entry) => entry.name === name);
    if (launch === undefined) throw new Error(`Bug: ${name} is not part of this laboratory.`);
    const log = openSync(join(laboratory.folder, `${name}.log`), 'a', 0o600);
    const program = pathOf(installation, launch.program);
    const child = spawn(program, launch.parameters, { stdio: ['ignore', log, log], detached: true });
    running.set(name, child);
    await waitUntilReady(launch, child, laboratory.folder);
  };
  const stop = async (name: string): Promise<void> => {
    const child = running.get(name);
    running.delete(name);
    if (child !== undefined) await stopProcess(child);
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all([...running.keys()].map(stop));
  };

  try {
    await Promise.all(laboratory.controlPoints.map(writeFactorySettings));
    await Promise.all(launches.map(({ name }) => start(name)));
  } catch (error) {
    await stopAll();
    throw error;
  }
  return {
    size: running.size,
    stop,
    start,
    stopAll,
    release: () => {
      for (const child of running.values()) child.unref();
      return [...running.values()].flatMap(({ pid }) => pid ?? []);
    },
  };
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

function exporterOf({ item, port }: Exporter): Launch {
  return {
    name: exporterName(item),
    program: 'prometheus-node-exporter',
    parameters: [`--web.listen-address=127.0.0.1:${port}`],
    readyUrl: `http://127.0.0.1:${port}/`,
  };
}

function programsOf({ stack, folder, ports }: ControlPoint): readonly Launch[] {
  return [
    {
      name: prometheusName(stack.name),
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

async function waitUntilReady({ name, readyUrl }: Launch, child: ChildProcess, folder: string): Promise<void> {
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

/** Asks, and after five seconds insists. */
async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(insist);
}
