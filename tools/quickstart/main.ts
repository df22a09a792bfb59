import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Installation, installPrograms } from '../programs.ts';
import { type ClaimedName, claimName } from './claim-name.ts';
import { exporterName, type Fleet, startFleet } from './fleet.ts';
import type { Laboratory } from './laboratory.ts';
import { expectOpsctl, root } from './opsctl.ts';
import { type Notification, type PlantServices, startPlantServices } from './plant-services.ts';
import { neededPrograms, prepareLaboratory } from './prepare-laboratory.ts';
import { queryUntil } from './query-prometheus.ts';
import { Steps } from './steps.ts';

/** The host whose exporter is stopped, and the plant that hears of it first. */
const victim = { item: 'pe1-mes-1', plant: 'plant-east-1', alert: 'HostDown' };
const alertTimeoutMs = 60_000;

process.exitCode = await quickstart(process.argv.slice(2));

/** The reference group, run for real on this machine: plan, apply, drift, an alert, repair. */
async function quickstart(parameters: readonly string[]): Promise<number> {
  const steps = new Steps();
  const installation = await steps.run('Programs of others are at hand', async (note) => {
    const found = await installPrograms(neededPrograms, note);
    note(`${found.paths.size} of ${neededPrograms.length} programs found`);
    return found;
  });
  if (installation.missing.length > 0) {
    steps.say(`\nWithout them the quickstart cannot run. ${installation.reason}`);
    return 1;
  }
  const claimed = await claimName(join(root, '.opsctl'));
  const laboratory = await layOut(steps, claimed.name, installation).catch(async (error: unknown) => {
    await claimed.release();
    throw error;
  });
  const services = await startPlantServices(laboratory.httpPort, laboratory.tcpPort);
  let fleet: Fleet | null = null;
  const stop = async (): Promise<void> => {
    await fleet?.stopAll();
    await services.close();
    await claimed.release();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    fleet = await start(steps, laboratory, installation);
    await showPlanAndApply(steps, laboratory);
    await showTiers(steps, laboratory);
    await showDrift(steps, laboratory);
    await showAlert(steps, fleet, services);
    if (parameters.includes('--keep')) return await keepRunning(steps, laboratory, { fleet, services, claimed });
    await steps.run('Everything that was started is stopped', stop);
    steps.say(
      `\nDone in ${steps.totalSeconds().toFixed(0)} s. What was written is still in ${relative(laboratory.folder)}; with --keep it stays live.`,
    );
    return 0;
  } catch (error) {
    await stop();
    steps.say(`\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function layOut(steps: Steps, name: string, installation: Installation): Promise<Laboratory> {
  return steps.run('The reference group is compiled and given ports of this machine', async (note) => {
    const { laboratory, counts } = await prepareLaboratory(name, installation);
    note(`${counts.stacks} control points in three tiers, ${counts.items} configuration items,`);
    note(`${counts.resources} resources derived from them; bindings in ${relative(laboratory.bindingsFile)}`);
    return laboratory;
  });
}

async function start(steps: Steps, laboratory: Laboratory, installation: Installation): Promise<Fleet> {
  return steps.run('Prometheus, Alertmanager, blackbox and node exporters run, with factory settings', async (note) => {
    const fleet = await startFleet(laboratory, installation);
    note(`${fleet.size} processes on loopback ports`);
    return fleet;
  });
}

async function showPlanAndApply(steps: Steps, laboratory: Laboratory): Promise<void> {
  const where = whereIs(laboratory);
  const planFile = join(laboratory.folder, 'change.plan');
  await steps.run('opsctl plan --out: what would change, and why', async (note) => {
    const plan = await expectOpsctl(['plan', ...where, '--adopt', '*/main', '--out', planFile]);
    note(countsOf(plan.stdout));
    note('The factory settings that are in the way are taken over because --adopt says so.');
  });
  await steps.run('opsctl apply FILE: exactly that plan, then wait until it works', async (note) => {
    const apply = await expectOpsctl(['apply', planFile, ...where, '--approved-by', 'ops-lead']);
    note('--approved-by ops-lead, because a policy wants plans that touch many sites approved');
    note(tail(apply.stdout, 6));
  });
  await steps.run('opsctl plan again: nothing to do, nothing written', async (note) => {
    const plan = await expectOpsctl(['plan', ...where, '--detailed-exitcode']);
    note(countsOf(plan.stdout));
  });
}

async function showTiers(steps: Steps, laboratory: Laboratory): Promise<void> {
  const headquarters = laboratory.controlPoints.find(({ stack }) => stack.tier === 'L1');
  if (headquarters === undefined) throw new Error('Bug: the reference group has no headquarters.');
  await steps.run('The headquarters sees the hosts of every tier below', async (note) => {
    const tiers = new Set(laboratory.controlPoints.map(({ stack }) => stack.tier));
    const hosts = laboratory.exporters.length;
    const seesAll = (counts: ReadonlyMap<string, number>): boolean =>
      counts.size === tiers.size && sum(counts.values()) === hosts;
    const counts = await queryUntil(
      headquarters.ports.prometheus,
      'count by (tier) (signal:host_up == 1)',
      'tier',
      seesAll,
      alertTimeoutMs,
    );
    note(
      [...counts]
        .sort()
        .map(([tier, count]) => `${tier}: ${count} hosts up`)
        .join(', '),
    );
  });
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

async function showDrift(steps: Steps, laboratory: Laboratory): Promise<void> {
  const where = whereIs(laboratory);
  const file = join(laboratory.folder, victim.plant, 'prometheus/rules/host.yaml');
  await steps.run('Somebody edits a live rule file by hand; opsctl drift tells', async (note) => {
    const text = await readFile(file, 'utf8');
    const edited = text.replace('> 0.9\n', '> 0.99\n');
    if (edited === text) throw new Error(`Bug: ${file} holds no threshold to edit.`);
    await writeFile(file, edited);
    const drift = await expectOpsctl(['drift', ...where, '--detailed-exitcode'], [2]);
    note(tail(drift.stdout, 24));
  });
  await steps.run('opsctl apply puts it back', async (note) => {
    await expectOpsctl(['apply', ...where, '--yes']);
    await expectOpsctl(['drift', ...where, '--detailed-exitcode']);
    note('opsctl drift finds none now.');
  });
}

async function showAlert(steps: Steps, fleet: Fleet, services: PlantServices): Promise<void> {
  const desks = [victim.plant, 'hq'];
  await steps.run(`The exporter of ${victim.item} stops: its plant and the headquarters hear of it`, async (note) => {
    const stopped = performance.now();
    await fleet.stop(exporterName(victim.item));
    for (const desk of desks) {
      const heard = await services.waitFor(
        tells(desk, 'firing'),
        alertTimeoutMs,
        `${victim.alert} at the duty desk of ${desk}`,
      );
      note(
        `${desk} after ${((heard.receivedAt - stopped) / 1000).toFixed(1)} s: ${heard.summaries.zh} / ${heard.summaries.en}`,
      );
    }
  });
  await steps.run('The exporter is back: both hear that it is over', async (note) => {
    await fleet.start(exporterName(victim.item));
    for (const desk of desks)
      await services.waitFor(tells(desk, 'resolved'), alertTimeoutMs, `The end of ${victim.alert} at ${desk}`);
    note('resolved at both');
  });
}

function tells(desk: string, status: Notification['status']): (notification: Notification) => boolean {
  return (heard) =>
    heard.desk === desk && heard.status === status && heard.alert === victim.alert && heard.item === victim.item;
}

interface Running {
  readonly fleet: Fleet;
  readonly services: PlantServices;
  readonly claimed: ClaimedName;
}

async function keepRunning(
  steps: Steps,
  laboratory: Laboratory,
  { fleet, services, claimed }: Running,
): Promise<never> {
  await services.close();
  const pids = [...fleet.release(), ...serveOn(laboratory)];
  await claimed.handOver(pids);
  steps.say('\nLeft running:');
  for (const { stack, ports } of laboratory.controlPoints) {
    const prometheus = `http://127.0.0.1:${ports.prometheus}/alerts`;
    steps.say(
      `  ${stack.name.padEnd(14)} Prometheus ${prometheus}   Alertmanager http://127.0.0.1:${ports.alertmanager}/`,
    );
  }
  steps.say(
    `  Try: ./opsctl drift --environment ${laboratory.environment} --bindings ${relative(laboratory.bindingsFile)}`,
  );
  steps.say(
    `  Look: ./opsctl dashboards preview --all --from 15m --out dashboards-now --environment ${laboratory.environment} --bindings ${relative(laboratory.bindingsFile)}`,
  );
  steps.say(`  Stop: kill ${pids.join(' ')}`);
  process.exit(0);
}

/** In a process of its own, which outlives this one. */
function serveOn({ httpPort, tcpPort }: Laboratory): readonly number[] {
  const program = join(root, 'tools/quickstart/serve-plant.ts');
  const ports = [String(httpPort), String(tcpPort)];
  const child = spawn(process.execPath, [program, ...ports], { detached: true, stdio: 'ignore' });
  child.unref();
  return child.pid === undefined ? [] : [child.pid];
}

function whereIs(laboratory: Laboratory): readonly string[] {
  return ['--environment', laboratory.environment, '--bindings', laboratory.bindingsFile];
}

function relative(path: string): string {
  return path.startsWith(root) ? path.slice(root.length) : path;
}

/** The line of a plan that counts, and its digest. */
function countsOf(plan: string): string {
  return plan
    .split('\n')
    .filter((line) => /unchanged|^Digest/.test(line))
    .join('\n');
}

function tail(text: string, lines: number): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
