import { counted } from '../../toolkit/diagnostics/index.ts';
import {
  type Aspect,
  aspects,
  type Evidence,
  type StackTenancy,
  type TenancyReport,
  type Verdict,
  verdicts,
} from '../../toolkit/operate/tenancy/tenancy-report.ts';
import type { Terminal, View } from '../output/view.ts';
import { harmless } from './harmless.ts';

/** Tenant by tenant what each can do to each other, one row for a pair. */
export const tenancyView: View<TenancyReport> = {
  human: (report, terminal) =>
    `${harmless(report)
      .stacks.map((stack) => human(stack, terminal))
      .join('\n')}\n${caution}\n`,
  events: ({ stacks }) =>
    stacks.flatMap(({ stack, cells, evidence }) => [
      ...evidence.map((one) => ({ event: 'tenancy-evidence', stack, ...one })),
      ...cells.map(({ evidence: own, ...cell }) => ({ event: 'tenancy-cell', ...cell, evidence: own.length })),
    ]),
};

/** What an auditor is given. */
export function printTenancyReport(report: TenancyReport): string {
  return `# Isolation of tenants\n\n${harmless(report).stacks.map(markdown).join('\n')}\n${caution}\n`;
}

const caution =
  'Network says which policies are declared and stand; whether the network of the cluster holds packets up by them cannot be seen from its API.';

const headings: Readonly<Record<Aspect, string>> = {
  read: 'read',
  write: 'write',
  exhaust: 'exhaust',
  network: 'network',
};

const words: Readonly<Record<Verdict, readonly [style: 'green' | 'yellow' | 'red', word: string]>> = {
  held: ['green', 'no'],
  declared: ['yellow', 'declared'],
  untried: ['yellow', '? untried'],
  broken: ['red', '! YES'],
};

/** Whoever may not try anything is told so once, and not a thousand times. */
const mostLines = 20;

function human({ stack, tenants, cells, evidence }: StackTenancy, { paint, isVerbose }: Terminal): string {
  const rows = rowsOf(cells);
  const width = Math.max(...rows.map(({ title }) => title.length), 'who can whom'.length);
  const head =
    `  ${'who can whom'.padEnd(width)}  ${aspects.map((aspect) => headings[aspect].padEnd(10)).join('')}`.trimEnd();
  const lines = rows.map(({ title, verdicts: found }) => {
    const fields = found.map((verdict) => paint(words[verdict][0], words[verdict][1].padEnd(10)));
    return `  ${title.padEnd(width)}  ${fields.join('')}`.trimEnd();
  });
  const alone = rows.length === 0 ? [`  ${tenants[0] ?? ''} is alone in this cluster.`] : [head, ...lines];
  const all = evidence.filter(({ verdict }) => isVerbose || verdict !== 'held').toSorted(byWeight);
  const told = all.slice(0, isVerbose ? all.length : mostLines).map((one) => describe(one, paint));
  if (all.length > told.length) told.push(`  ... and ${all.length - told.length} more; --verbose shows all.`);
  return [`${stack}: ${counted(tenants.length, 'tenant')}, ${summary(evidence)}`, ...alone, ...told, ''].join('\n');
}

function byWeight(left: Evidence, right: Evidence): number {
  return verdicts.indexOf(right.verdict) - verdicts.indexOf(left.verdict);
}

function rowsOf(cells: StackTenancy['cells']) {
  const byPair = Map.groupBy(cells, ({ tenant, other }) => `${tenant} -> ${other}`);
  return [...byPair].map(([title, own]) => ({
    title,
    verdicts: aspects.map((aspect): Verdict => own.find((cell) => cell.aspect === aspect)?.verdict ?? 'untried'),
  }));
}

function describe(one: Evidence, paint: Terminal['paint']): string {
  const [style, word] = words[one.verdict];
  return `  ${paint(style, word)} ${sentence(one)}`;
}

function sentence({ aspect, tenant, other, asked, answered }: Evidence): string {
  return `${aspect}, ${tenant ?? 'anybody'} -> ${other ?? 'all others'}: ${asked}: ${answered}`;
}

/** `212 questions: 210 held, 2 broken` */
function summary(evidence: readonly Evidence[]): string {
  const counts = verdicts.map(
    (verdict) => [verdict, evidence.filter((one) => one.verdict === verdict).length] as const,
  );
  const said = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`);
  return `${counted(evidence.length, 'question')}: ${said.join(', ')}`;
}

function markdown({ stack, tenants, cells, evidence }: StackTenancy): string {
  const rows = rowsOf(cells).map(
    ({ title, verdicts: found }) => `| ${title} | ${found.map((verdict) => words[verdict][1]).join(' | ')} |`,
  );
  const table =
    rows.length === 0
      ? [`${tenants[0] ?? ''} is alone in this cluster.`]
      : [
          `| Who can whom | ${aspects.map((aspect) => headings[aspect]).join(' | ')} |`,
          `| --- |${aspects.map(() => ' --- |').join('')}`,
          ...rows,
        ];
  const list = evidence.map((one) => `- **${one.verdict}** ${escaped(sentence(one))}`);
  return [
    `## ${stack}`,
    '',
    `${counted(tenants.length, 'tenant')}, ${summary(evidence)}.`,
    '',
    ...table,
    '',
    ...list,
    '',
  ].join('\n');
}

/** Answers quote names in signs that mean something in Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_<[\]|]/g, '\\$&');
}
