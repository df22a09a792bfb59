import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../diagnostics/index.ts';
import {
  type AlertingRule,
  type Episode,
  episodesOfStates,
  maxPoints,
  type SampledSeries,
  type Stretch,
  type TimeGrid,
} from '../history/index.ts';
import { runProgram } from '../host/run-program.ts';
import { readWriteRequest, type WrittenSeries } from '../languages/remote-write/index.ts';
import { printDuration } from '../model/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import type { StackHistory } from './backtest-inputs.ts';

export interface VmalertProgram {
  readonly path: string;
  readonly signal: AbortSignal;
}

export interface VmalertTask {
  readonly rules: readonly AlertingRule[];
  /** For each rule, what is asked in the place of its own. */
  readonly expressions: readonly string[];
  readonly grid: TimeGrid;
  readonly gaps: readonly Stretch[];
}

const timeoutMs = 600_000;

/**
 * Lets vmalert judge the alerts. It writes what it finds by remote write, here to a listener that ends with it: the real
 * store must not fill up with what never was.
 */
export async function vmalertReplay(
  { stack, server }: StackHistory,
  program: VmalertProgram,
  task: VmalertTask,
): Promise<readonly Episode[]> {
  if (server.hasCredential)
    throw refusal(stack, 'the binding has a credential, which is not handed to another program.');
  if (task.rules.some(({ keepFiringMs }) => keepFiringMs > 0))
    throw refusal(stack, 'a rule has keep_firing_for, which not every vmalert knows.');
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-vmalert-'));
  const written: WrittenSeries[] = [];
  const sink = await listen(written);
  try {
    const file = join(folder, 'rules.json');
    await writeFile(file, JSON.stringify(ruleFile(task)));
    const { port } = sink.address() as AddressInfo;
    const args = vmalertArguments(file, server.url, `http://127.0.0.1:${port}`, task.grid);
    const ended = await runProgram(program.path, args, { timeoutMs, signal: program.signal });
    if (ended.exitCode !== 0) throw refusal(stack, reasonIn(ended.stderr));
  } finally {
    sink.close();
    await rm(folder, { recursive: true, force: true });
  }
  const alerts = written.filter(({ labels }) => labels.__name__ === 'ALERTS').map(ofRule);
  return episodesOfStates(alerts, task.grid, task.gaps);
}

function ruleFile({ rules, expressions, grid }: VmalertTask) {
  const interval = printDuration(grid.stepMs);
  const alerts = rules.map(({ name, forMs, labels }, index) => ({
    alert: name,
    expr: expressions[index],
    ...(forMs === 0 ? {} : { for: printDuration(forMs) }),
    labels,
  }));
  return { groups: [{ name: 'backtest', interval, rules: alerts }] };
}

/** Between two queries vmalert forgets how long an alert has waited, so there are as few as the server allows. */
function vmalertArguments(
  file: string,
  url: string,
  sink: string,
  { fromMs, toMs, stepMs }: TimeGrid,
): readonly string[] {
  return [
    `-rule=${file}`,
    `-datasource.url=${url}`,
    // Its own default of five minutes would give other states.
    `-datasource.queryStep=${printDuration(stepMs)}`,
    `-evaluationInterval=${printDuration(stepMs)}`,
    `-remoteWrite.url=${sink}`,
    '-remoteWrite.flushInterval=100ms',
    '-httpListenAddr=127.0.0.1:0',
    '-replay.disableProgressBar',
    '-replay.rulesDelay=0s',
    `-replay.maxDatapointsPerQuery=${maxPoints - 1}`,
    `-replay.timeFrom=${new Date(fromMs).toISOString()}`,
    `-replay.timeTo=${new Date(toMs).toISOString()}`,
  ];
}

/** The label by which vmalert names the group is none of the alert's. */
function ofRule({ labels: { alertgroup: _, ...labels }, timesMs, values }: WrittenSeries): SampledSeries {
  return { labels, timesMs, values };
}

async function listen(written: WrittenSeries[]): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const series = readWriteRequest(Buffer.concat(parts));
      written.push(...(series ?? []));
      response.writeHead(series === null ? 400 : 204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function refusal(stack: string, said: string): Failure {
  return new Failure(backtestDiagnostics.create('vmalert-failed', { stack, said }, { subject: stack }));
}

/** The line that says why it ended; it logs with tabs between time, level, place and message. */
function reasonIn(text: string): string {
  const lines = text.trim().split('\n');
  const line = lines.findLast((one) => /\t(?:fatal|error|panic)\t/.test(one)) ?? lines.at(-1) ?? '';
  return line.split('\t').slice(3).join(' ') || line.slice(0, 500);
}
