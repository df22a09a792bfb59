import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '../../programs.ts';
import { compared, notMeasured, timed } from '../result.ts';
import type { Program } from '../run-program.ts';
import { opsctl } from '../synthetic.ts';
import { medianSeconds, type TimedRun, timeRun, timeRuns } from '../timed-run.ts';
import { type Bench, count, type Section } from './section.ts';

const rules = 10_000;
const filesOfOneKind = 100;

interface Peer {
  readonly name: string;
  /** Null where it is not installed. */
  readonly program: Program | null;
  /** What is told: how much longer we take, or how many times we are ahead. */
  readonly budget: { readonly kind: 'at-most' | 'at-least'; readonly value: number };
}

/** Every offline check over the files of others, against the checkers that people have. */
export const lint: Section = {
  name: 'lint',
  async run(bench) {
    const folder = join(bench.folder, 'lint');
    const files = await writeRules(folder);
    const work = `opsctl lint, ${count(rules)} rules in ${count(files.length)} files`;
    const own = await measure(opsctl(folder, 'lint', folder, '--fail-on', 'error'), bench, work);
    const results = [timed(work, own, null)];
    for (const peer of peersOf(folder, files)) results.push(...(await compareWith(peer, own, bench)));
    await rm(folder, { recursive: true });
    return results;
  },
};

function peersOf(folder: string, files: readonly string[]): readonly Peer[] {
  const promtool = findProgram('promtool');
  const checkRules = ['check', 'rules', '--lint=none', ...files];
  return [
    {
      name: 'promtool check rules',
      program: promtool === undefined ? null : { file: promtool, args: checkRules, cwd: folder },
      budget: { kind: 'at-most', value: 1.2 },
    },
    {
      name: 'pint --offline lint',
      program: { file: 'pint', args: ['--offline', 'lint', '--fail-on=fatal', folder], cwd: folder },
      budget: { kind: 'at-least', value: 8 },
    },
  ];
}

async function compareWith({ name, program, budget }: Peer, own: readonly TimedRun[], bench: Bench) {
  const work = `lint of ${count(rules)} rules: ${budget.kind === 'at-most' ? 'opsctl, in times of' : 'opsctl ahead of'} ${name}`;
  const runs = program === null ? null : await measure(program, { ...bench, runs: 3 }, name).catch(absent);
  if (runs === null) return [notMeasured(work, `${name.split(' ')[0]} is not installed.`)];
  const peer = medianSeconds(runs);
  const ratio = ({ seconds }: TimedRun) => (budget.kind === 'at-most' ? seconds / peer : peer / seconds);
  return [timed(name, runs, null), compared(work, own.map(ratio), budget)];
}

function absent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

async function measure(program: Program, { runs, say }: Bench, what: string): Promise<readonly TimedRun[]> {
  say(what);
  await timeRun(program);
  return await timeRuns(program, runs);
}

async function writeRules(folder: string): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names: string[] = [];
  for (let index = 0; index < filesOfOneKind; index += 1) {
    const name = `team-${index}.yaml`;
    await writeFile(join(folder, name), ruleFile(index, rules / filesOfOneKind));
    names.push(name);
  }
  return names;
}

function ruleFile(file: number, size: number): string {
  const groups = Array.from({ length: size / 20 }, (_, group) => {
    const own = Array.from({ length: 20 }, (_, rule) => ruleText(file * size + group * 20 + rule));
    return `  - name: team-${file}-${group}\n    interval: 30s\n    rules:\n${own.join('')}`;
  });
  return `groups:\n${groups.join('')}`;
}

/** Expressions as they are found in the rule sets that people share. */
const expressions: readonly ((n: number) => string)[] = [
  (n) => `up{job="service-${n}"} == 0`,
  (n) => `sum by (job, instance) (rate(http_requests_total{code=~"5..", job="service-${n}"}[5m])) > ${n % 50}`,
  (n) =>
    `100 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle", pool="p${n}"}[5m])) * 100 > ${60 + (n % 40)}`,
  (n) =>
    `node_filesystem_avail_bytes{mountpoint="/data${n}"} / node_filesystem_size_bytes{mountpoint="/data${n}"} < 0.1 and predict_linear(node_filesystem_avail_bytes{mountpoint="/data${n}"}[6h], 24 * 3600) < 0`,
  (n) =>
    `histogram_quantile(0.99, sum by (le, route) (rate(request_duration_seconds_bucket{team="t${n}"}[10m]))) > ${1 + (n % 5)}`,
  (n) =>
    `absent(heartbeat_timestamp_seconds{agent="a${n}"}) or time() - heartbeat_timestamp_seconds{agent="a${n}"} > 600`,
  (n) =>
    `kafka_consumergroup_lag{group="g${n}"} > 1000 and on (group) delta(kafka_consumergroup_lag{group="g${n}"}[15m]) > 0`,
];

function ruleText(number: number): string {
  const expression = expressions[number % expressions.length]?.(number) ?? '';
  if (number % 10 === 9) {
    const record = `team:requests_${number}:rate5m`;
    return `      - record: ${record}\n        expr: sum by (job) (rate(requests_total{shard="s${number}"}[5m]))\n`;
  }
  return [
    `      - alert: Alert${number}`,
    `        expr: '${expression}'`,
    `        for: ${1 + (number % 30)}m`,
    `        labels: { severity: ${number % 3 === 0 ? 'critical' : 'warning'} }`,
    '        annotations:',
    `          summary: '{{ $labels.instance }} of ${number} is at {{ $value }}'`,
    `          description: "Shard ${number} of {{ $labels.job }} is beyond its limit\\n  VALUE = {{ $value | printf \\"%.2f\\" }}\\n  LABELS = {{ $labels }}"`,
    `          runbook_url: https://runbooks.example.com/alert-${number}`,
    '',
  ].join('\n');
}
