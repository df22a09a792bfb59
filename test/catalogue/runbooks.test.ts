import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Alert, defineSlo, items, type Pipeline, type Signal } from 'opsctl';
import { containerLogs, javaErrors, networkSyslog, nginxAccess, sshLogins, standardAlerts } from 'opsctl/alerts';
import { httpEndpoint, standardClasses } from 'opsctl/cmdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import organisation from '../../cmdb/organisation/index.ts';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { collectorRunbook } from '../../toolkit/compile/pipelines/collector-rules.ts';
import { madeMetrics, seriesNames } from '../../toolkit/compile/pipelines/made-metrics.ts';
import { scriptRunbook } from '../../toolkit/compile/scripts/index.ts';
import { signalSeries } from '../../toolkit/compile/signal-series.ts';
import { runProgram } from '../../toolkit/host/run-program.ts';
import { printYaml } from '../../toolkit/languages/yaml/index.ts';
import { isJsonObject, type JsonValue, parseDuration, printDuration, readingsOf } from '../../toolkit/model/index.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { metricsOfReading } from '../support/metric-names.ts';
import { type RunningProgram, startProgram } from '../support/processes.ts';
import { realPrograms } from '../support/programs.ts';

const folder = join(import.meta.dirname, '..', '..', 'runbooks', 'catalogue');
const paths = globSync('**/*.md', { cwd: folder })
  .map((file) => file.replace(/\.md$/, ''))
  .filter((path) => path !== 'readme')
  .sort();
const pages = paths.map((path) => ({ path, text: readFileSync(join(folder, `${path}.md`), 'utf8') }));
const packAlerts = standardAlerts.flatMap((pack) =>
  Object.entries(pack.alerts).map(([key, alert]) => ({ key, alert, signal: signalOf(pack.class.signals, alert) })),
);

const headings = [
  '## 现象 / What it means',
  '## 影响 / Impact',
  '## 先看 / First look',
  '## 处理 / What to do',
  '## 升级 / Escalate',
  '## 恢复后 / Afterwards',
];

describe('the runbooks of the catalogue', () => {
  it('are the pages that alerts link to, and no others', () => {
    const linked = [...packAlerts.map(({ alert }) => alert.runbook), ...compiledLinks().values()];
    expect(paths).toEqual([...new Set(linked)].sort());
  });

  it.each(pages)('$path has the six headings, in order', ({ text }) => {
    expect(text.split('\n').filter((line) => line.startsWith('## '))).toEqual(headings);
  });

  it.each(pages)('$path has text in both languages under each heading', ({ text }) => {
    const sections = text.split(/^## .*$/m).slice(1);
    const poor = sections.filter(
      (section) => !/\p{Script=Han}{4}/u.test(section) || !/[a-z]+ [a-z]+ [a-z]+/.test(section),
    );
    expect(poor).toEqual([]);
  });

  it.each(pages)('$path tells what its alerts wait for, as the packs have it', ({ path, text }) => {
    const lines = packAlerts.filter(({ alert }) => alert.runbook === path).map(conditionLine);
    expect(text.split('\n').filter((line) => lines.includes(line))).toEqual(lines);
  });

  it.each(pages)('$path names every alert that links to it', ({ path, text }) => {
    const names = [...compiledLinks()].filter(([, runbook]) => runbook === path).map(([name]) => name);
    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(pages)('$path gives no share that is not a threshold of its alerts', ({ path, text }) => {
    const thresholds = packAlerts.filter(({ alert }) => alert.runbook === path).map(thresholdText);
    const quoted = [...text.matchAll(/\d[\d.]* %/g)].map(([share]) => share);
    expect(quoted.filter((share) => !thresholds.includes(share))).toEqual([]);
  });

  it.each(pages)('$path gives the times of escalation of the reference organisation', ({ text }) => {
    const { toL2, toL1 } = escalationTimes('escalateAfter');
    const warnings = escalationTimes('escalateWarningsAfter');
    const later = {
      zh: `（warning：\`${warnings.toL2}\`、\`${warnings.toL1}\`）`,
      en: ` (warnings: \`${warnings.toL2}\`, \`${warnings.toL1}\`)`,
    };
    expect(text).toContain(`工厂 L3 → 区域 L2 \`${toL2}\` → 总部 L1 \`${toL1}\`${later.zh}`);
    expect(text).toContain(`plant L3 → region L2 \`${toL2}\` → headquarters L1 \`${toL1}\`${later.en}`);
  });

  it('the page about escalation gives the time of each tier', () => {
    const { toL2, toL1, fromL2 } = escalationTimes('escalateAfter');
    const text = pages.find(({ path }) => path === 'escalation')?.text;
    expect(text).toContain(`\`EscalatedToL2\`：L3 的告警 \`${toL2}\` 未解决`);
    expect(text).toContain(`\`EscalatedToL1\`：L3 的告警 \`${toL1}\`、L2 的告警 \`${fromL2}\` 未解决`);
  });

  it.each(pages)('$path tunes and waives only alerts that link to it', ({ path, text }) => {
    const own = packAlerts.filter(({ alert }) => alert.runbook === path).map(referenceTo);
    const statements = [...text.matchAll(/^\.(?:tune|waive)\(.*?, (\w+Alerts\.\w+), \{.*\}\)$/gm)];
    expect(statements).toHaveLength(blocksOf(text, 'ts').length);
    expect(statements.map(([, reference]) => reference).filter((reference) => !own.includes(reference ?? ''))).toEqual(
      [],
    );
  });

  it.each(pages)('$path links to pages that are there', ({ path, text }) => {
    const links = [...text.matchAll(/\]\(([^)]+)\.md\)/g)].map(([, link = '']) => join(dirname(path), link));
    expect(links.filter((link) => !paths.includes(link))).toEqual([]);
  });
});

/** Metrics besides those of the signals, by who has them. */
const prometheusMetrics = ['ALERTS', 'ALERTS_FOR_STATE', 'scrape_samples_scraped'];
const objectiveMetrics = ['slo:budget_remaining', 'slo:burn_rate', 'slo:error_ratio', 'slo:good', 'slo:total'];
const watchMetrics = ['inventory:expected', 'up', 'watch:evaluated'];
const scriptMetrics = [
  'collection_script_interval_seconds',
  'collection_script_run_timestamp_seconds',
  'collection_script_success',
];
const nodeMetrics = [
  'node_boot_time_seconds',
  'node_disk_read_time_seconds_total',
  'node_disk_reads_completed_total',
  'node_disk_write_time_seconds_total',
  'node_disk_writes_completed_total',
  'node_procs_blocked',
  'node_time_seconds',
  'node_timex_maxerror_seconds',
];
/** Only on some machines: with software RAID, systemd, or pressure accounting in the kernel. */
const someNodeMetrics = ['node_md_state', 'node_systemd_unit_state', 'node_pressure_io_waiting_seconds_total'];
const probeMetrics = [
  'probe_dns_lookup_time_seconds',
  'probe_failed_due_to_regex',
  'probe_http_duration_seconds',
  'probe_ssl_last_chain_expiry_timestamp_seconds',
];

describe('the queries of the runbooks', () => {
  const known = new Set([
    ...signalNames(),
    ...ready.flatMap((pipeline) => madeMetrics(pipeline).flatMap(seriesNames)),
    ...prometheusMetrics,
    ...objectiveMetrics,
    ...watchMetrics,
    ...scriptMetrics,
    ...nodeMetrics,
    ...someNodeMetrics,
    ...probeMetrics,
  ]);

  it.each(pages)('$path asks only for metrics that are there', ({ text }) => {
    const names = blocksOf(text, 'promql').flatMap(metricNamesIn);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('no metric is listed that no page asks for', () => {
    const asked = new Set(pages.flatMap(({ text }) => blocksOf(text, 'promql')).flatMap(metricNamesIn));
    const listed = [
      ...prometheusMetrics,
      ...objectiveMetrics,
      ...watchMetrics,
      ...scriptMetrics,
      ...nodeMetrics,
      ...someNodeMetrics,
      ...probeMetrics,
    ];
    expect(listed.filter((name) => !asked.has(name))).toEqual([]);
  });
});

const promtool = realPrograms(['promtool']);

describe.skipIf(!promtool.available)(promtool.title('the queries of the runbooks under promtool'), () => {
  let scratch = '';
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'opsctl-runbooks-'));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it.each(pages)('$path', async ({ path, text }) => {
    const rules = blocksOf(text, 'promql').map((expr, index) => ({ record: `query:${index}`, expr }));
    const file = join(scratch, `${path.replaceAll('/', '-')}.yaml`);
    await writeFile(file, printYaml({ groups: [{ name: 'queries', rules }] }));
    const result = await runProgram(promtool.path('promtool'), ['check', 'rules', file], { timeoutMs: 30_000 });
    expect(`${result.stdout}${result.stderr}`).toContain(`SUCCESS: ${rules.length} rules found`);
    expect(result.exitCode).toBe(0);
  });
});

const node = realPrograms(['prometheus-node-exporter']);

describe.skipIf(!node.available)(node.title('metrics of the runbooks on a real node_exporter'), () => {
  let exporter: RunningProgram;
  let exposition = '';
  beforeAll(async () => {
    exporter = await startProgram({
      program: node.path('prometheus-node-exporter'),
      args: (port) => [`--web.listen-address=127.0.0.1:${port}`],
      ready: '/metrics',
    });
    exposition = await (await fetch(`${exporter.url}/metrics`)).text();
  });
  afterAll(() => exporter.stop());

  it.each(nodeMetrics)('has %s', (metric) => expect(exposition).toMatch(new RegExp(`^${metric}[{ ]`, 'm')));
});

interface PackAlert {
  readonly key: string;
  readonly alert: Alert;
  readonly signal: Signal;
}

/** With all the alerts that an objective can have. */
const objective = defineSlo({
  id: 'mes-answers',
  title: { en: 'The MES answers', zh: 'MES 可用' },
  service: items.where({ id: 'web-1' }),
  objective: 0.999,
  window: { rolling: '30d' },
  indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' },
  promised: { objective: 0.995, to: 'mes' },
});

/** `HostDown` -> `host/down`: every alert that a compiled group has, those that no pack declares included. */
function compiledLinks(): ReadonlyMap<string, string> {
  const rules = compileGroup(sampleGroup({ stacks: sampleStacks((plant) => plant.uphold(objective)) }))
    .resources.filter(({ type }) => type === 'prometheus-rules')
    .flatMap(({ spec }) => (isJsonObject(spec.group) && Array.isArray(spec.group.rules) ? spec.group.rules : []));
  const ofCollectors = ['LogCollectorDown', 'LogSenderUnknown'].map((name) => [name, collectorRunbook] as const);
  const ofScripts = ['CollectionScriptFailing', 'CollectionScriptNotRun', 'CollectionScriptMissing'].map(
    (name) => [name, scriptRunbook] as const,
  );
  return new Map([...rules.flatMap(linkOf), ...ofScripts, ...ready.flatMap(linksOf), ...ofCollectors]);
}

/** Pipelines that come with the product; a stack collects with those that it wants. */
const ready = [sshLogins(), nginxAccess(), networkSyslog(), javaErrors(), containerLogs()];

function linksOf({ alerts = [] }: Pipeline): readonly (readonly [string, string])[] {
  return alerts.map(({ name, runbook }) => [name, runbook]);
}

function linkOf(rule: JsonValue): readonly (readonly [string, string])[] {
  if (!isJsonObject(rule) || typeof rule.alert !== 'string' || !isJsonObject(rule.annotations)) return [];
  return [[rule.alert, String(rule.annotations.runbook_url).replace('https://runbooks.example/', '')]];
}

/** `- `HostCpuBusy` (warning)：CPU 使用率 / CPU busy > 90 %，持续 / for 15m` */
function conditionLine(declared: PackAlert): string {
  const { alert, signal } = declared;
  const condition = `${signal.title.zh} / ${signal.title.en} ${comparison(alert)} ${thresholdText(declared)}`;
  return `- \`${alert.name}\` (${alert.severity})：${condition}，持续 / for ${alert.for}`;
}

function comparison({ when }: Alert): string {
  if ('above' in when) return '>';
  return 'below' in when ? '<' : '=';
}

function thresholdText({ alert: { when }, signal }: PackAlert): string {
  const threshold = Object.values(when)[0] as number;
  if (signal.unit === 'ratio') return `${Math.round(threshold * 1000) / 10} %`;
  if (signal.unit === 'per-second') return `${threshold} /s`;
  if (signal.unit === 'bytes') return `${threshold / 1024 ** 3} GiB`;
  if (signal.unit === 'celsius') return `${threshold} °C`;
  return signal.unit === 'seconds' ? secondsText(threshold) : String(threshold);
}

function secondsText(seconds: number): string {
  if (seconds >= 86_400) return `${seconds / 86_400} d`;
  return seconds < 1 ? `${seconds * 1000} ms` : `${seconds} s`;
}

/** How pages and content name it: `hostAlerts.cpuBusy`. */
function referenceTo({ key, alert }: PackAlert): string {
  const words = alert.class.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `${words}Alerts.${key}`;
}

function escalationTimes(field: 'escalateAfter' | 'escalateWarningsAfter'): {
  readonly toL2: string;
  readonly toL1: string;
  readonly fromL2: string;
} {
  const waitOf = (tier: string) => organisation.tiers.find(({ id }) => id === tier)?.[field] ?? '';
  const [plantMs, regionMs] = [parseDuration(waitOf('L3')) ?? 0, parseDuration(waitOf('L2')) ?? 0];
  return { toL2: printDuration(plantMs), toL1: printDuration(plantMs + regionMs), fromL2: printDuration(regionMs) };
}

function blocksOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
}

/** Names in a query that stand for series: no label, function, keyword or grouping. */
function metricNamesIn(query: string): readonly string[] {
  const bare = query
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, '');
  const words = [...bare.matchAll(/[a-z_:][\w:]*(?!\w*\s*\()\b/gi)].map(([word]) => word);
  return words.filter((word) => !['and', 'or', 'unless', 'bool', 'offset', 'by'].includes(word));
}

/** What the signals read, and the names under which they are recorded. */
function signalNames(): readonly string[] {
  return standardClasses.flatMap(({ id, signals }) =>
    Object.entries(signals).flatMap(([key, signal]) => [signalSeries(id, key), ...metricsRead(signal)]),
  );
}

function metricsRead(signal: Signal): readonly string[] {
  return Object.values(readingsOf(signal)).flatMap(metricsOfReading);
}

function signalOf(signals: Readonly<Record<string, Signal>>, alert: Alert): Signal {
  const signal = signals[alert.signal];
  if (signal === undefined) throw new Error(`Bug: ${alert.id} is on ${alert.signal}, which its class has not.`);
  return signal;
}
