import { counted, type Severity, severities } from '../../../toolkit/diagnostics/index.ts';
import type { ReportFormat } from '../../../toolkit/diagnostics/reporters/index.ts';
import { debianRelease } from '../../../toolkit/languages/alert-routing/index.ts';
import { currentDialect, type Dialect, debianDialect } from '../../../toolkit/languages/promql/index.ts';
import { checks } from '../../../toolkit/lint/index.ts';
import { parseDuration } from '../../../toolkit/model/duration.ts';
import type { ContentLintRequest } from '../../../toolkit/operate/lint-content.ts';
import { readForeignFiles } from '../../../toolkit/operate/lint-files.ts';
import { type ForeignRequest, lintForeign } from '../../../toolkit/operate/lint-foreign.ts';
import { defineCommand } from '../../arguments/command.ts';
import { findingOptions } from '../../arguments/global-options.ts';
import { flag, oneOf, several, text } from '../../arguments/option.ts';
import type { PositionalDeclaration } from '../../arguments/positional.ts';
import { UsageError } from '../../arguments/usage-error.ts';
import type { ExitName } from '../../exit-code.ts';
import { opsctlDiagnostics } from '../../program-diagnostics.ts';
import type { Session } from '../../session.ts';
import { today } from '../today.ts';
import { fixFiles } from './fix-files.ts';
import { showReport } from './show-report.ts';

const places: PositionalDeclaration<readonly string[]> = {
  usage: '[path...]',
  doc: 'Files and folders; what this repository compiles to when not given.',
  completion: 'file',
  read: (given) => given,
};

const severityTexts = several(
  '--severity <code=severity>',
  'Give a check another severity, such as for-missing=error.',
);

const severityChoices = {
  ...severityTexts,
  read: (given: readonly string[] | undefined) => new Map(severityTexts.read(given).map(readSeverity)),
};

export const command = defineCommand({
  description:
    'Looks for mistakes in alerting and recording rules, Alertmanager configurations and Grafana dashboards, without ' +
    'asking any server. Given files or folders, it judges those, whoever wrote them: rule files, PrometheusRule and ' +
    'ConfigMap objects, exported dashboards. Without, it judges what the content of this repository compiles to.',
  positionals: { places },
  options: {
    ...findingOptions,
    only: codes('--only <code>', 'Only these checks.'),
    disable: codes('--disable <code>', 'All but these checks.'),
    severity: severityChoices,
    prometheusVersion: oneOf(
      '--prometheus-version <release>',
      'Whose PromQL the expressions are; 2.42 judges routes for Alertmanager 0.25, which comes with it.',
      ['2.42', 'current'],
      'current',
    ),
    scrapeInterval: durationText(
      '--scrape-interval <duration>',
      'How often targets are scraped, where no configuration says so.',
    ),
    retention: durationText('--retention <duration>', 'How long samples are kept, where no configuration says so.'),
    tellWithin: durationText(
      '--tell-within <duration>',
      'Within which time a critical alert has to be told; 1h when not given.',
    ),
    catalogue: flag('--catalogue', "Also notices about opsctl's own catalogue, which only its makers can mend."),
    fix: flag('--fix', 'Write what can be mended without a choice into the files.'),
    dryRun: flag('--dry-run', 'Show what --fix would change, and write nothing.'),
  },
  exits: ['findings'],
  examples: [
    { line: 'opsctl lint', text: 'Judges the rules, routes and dashboards that this repository compiles to.' },
    {
      line: 'opsctl lint monitoring/ --format sarif > lint.sarif',
      text: 'Judges files of any origin, for code scanning.',
    },
    { line: 'opsctl lint rules/ --dry-run', text: 'Shows what could be mended without a choice.' },
  ],
  async run(values, session) {
    const request = requestOf(values, session);
    if (values.places.length === 0 && (values.fix || values.dryRun)) return nothingToFix(session);
    return values.places.length === 0
      ? await lintCompiled({ ...request, withPackage: values.catalogue }, values.format, session)
      : await lintPlaces(values.places, request, values, session);
  },
});

interface Choices {
  readonly only: readonly string[];
  readonly disable: readonly string[];
  readonly severity: ReadonlyMap<string, Severity>;
  readonly prometheusVersion: '2.42' | 'current';
  readonly scrapeInterval: number | null;
  readonly retention: number | null;
  readonly tellWithin: number | null;
}

async function lintPlaces(
  given: readonly string[],
  request: ForeignRequest,
  { format, fix, dryRun }: { readonly format: ReportFormat; readonly fix: boolean; readonly dryRun: boolean },
  session: Session,
): Promise<ExitName> {
  session.progress.report('Reading files');
  const { files, diagnostics } = await readForeignFiles(given, session.io.cwd);
  session.progress.report('Judging');
  const report = lintForeign(files, request);
  const all = { ...report, diagnostics: [...diagnostics, ...report.diagnostics] };
  if (!fix && !dryRun) return showReport(all, format, session);
  const fixed = await fixFiles(files, report.findings, { isDry: dryRun, base: session.io.cwd });
  if (dryRun && format === 'human') session.print(fixed.diff);
  else if (dryRun) session.remark(fixed.diff);
  else session.remark(`${counted(fixed.applied, 'place')} mended in ${counted(fixed.files, 'file')}.`);
  return showReport(
    { ...all, findings: dryRun ? report.findings : report.findings.filter(({ edit }) => edit === null) },
    format,
    session,
  );
}

/** Compiling loads the engine and every provider, which files of others need nothing of. */
async function lintCompiled(request: ContentLintRequest, format: ReportFormat, session: Session): Promise<ExitName> {
  const { lintRepository } = await import('./lint-repository.ts');
  return await lintRepository(request, format, session);
}

/** What content compiles to is no file that could be mended: the declaration is. */
function nothingToFix(session: Session): ExitName {
  const hint = 'Name the files or folders to mend, or lint without --fix and edit the declarations that are told.';
  session.tell([opsctlDiagnostics.create('usage', { problem: '--fix needs files to write into.', hint })]);
  return 'usage';
}

function requestOf(choices: Choices, session: Session): ForeignRequest {
  const only = new Set(choices.only);
  const disabled = new Set(choices.disable);
  return {
    dialect: dialectOfChoice(choices.prometheusVersion),
    alertmanager: choices.prometheusVersion === '2.42' ? debianRelease : '0.34',
    today: today(session.io.now()),
    scrapeIntervalMs: choices.scrapeInterval,
    retentionMs: choices.retention,
    tellWithinMs: choices.tellWithin,
    isWanted: (code) => (only.size === 0 || only.has(code)) && !disabled.has(code),
    severities: choices.severity,
  };
}

function dialectOfChoice(release: '2.42' | 'current'): Dialect {
  return release === '2.42' ? debianDialect : currentDialect;
}

function codes(flags: string, doc: string) {
  const declared = several(flags, doc);
  return { ...declared, read: (given: readonly string[] | undefined) => declared.read(given).map(knownCode) };
}

/** `lint/for-missing` is written as findings show it. */
function knownCode(given: string): string {
  const code = given.replace(/^lint\//, '');
  if (code.startsWith('promql/') || checks.some((check) => check.code === code)) return code;
  throw new UsageError(`No check is called '${given}'; docs/reference/lint.md lists all of them.`);
}

function readSeverity(given: string): readonly [string, Severity] {
  const [code = '', severity = ''] = given.split('=');
  const known = severities.find((name) => name === severity);
  if (known === undefined)
    throw new UsageError(`--severity is written code=severity with ${severities.join(', ')}, not '${given}'.`);
  return [knownCode(code), known];
}

function durationText(flags: string, doc: string) {
  const declared = text(flags, doc);
  return {
    ...declared,
    read(given: readonly string[] | undefined): number | null {
      const value = declared.read(given);
      const ms = value === null ? null : parseDuration(value);
      if (value !== null && ms === null)
        throw new UsageError(`${flags.split(' ')[0]} is a duration such as 30s, not '${value}'.`);
      return ms;
    },
  };
}
