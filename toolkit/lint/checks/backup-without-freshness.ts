import { metricOf } from '../../languages/promql/index.ts';
import type { Check, PlacedProblem } from '../check.ts';
import { selectorsBehind, selectorsOf } from '../facts/selected-metrics.ts';
import type { LintContext } from '../lint-context.ts';
import type { Located } from '../lint-input.ts';
import { panelQuery } from '../panel-query.ts';

export const check: Check = {
  code: 'backup-without-freshness',
  about: 'everything',
  severity: 'warning',
  summary: 'Backups are measured, and no alert says that one is missing',
  why: 'A backup that is no longer made reports no failure: it reports nothing. It is missed on the day it is needed.',
  hint: 'Add an alert on the time since the last good backup, such as time() - backup_last_success_timestamp_seconds > 28 * 3600, and one on the last restore drill where there is a metric of it.',
  bad: '- alert: BackupFailed\n  expr: backup_last_run_success == 0\n  for: 10m\n',
  good: '- alert: BackupFailed\n  expr: backup_last_run_success == 0\n  for: 10m\n- alert: BackupLate\n  expr: time() - backup_last_success_timestamp_seconds > 100800\n  for: 15m\n',
  judge: (context) => {
    const uses = usesOf(context);
    if (uses.length === 0) return [];
    const alerted = new Set(
      context.rules
        .filter(({ kind }) => kind === 'alert')
        .flatMap((rule) => selectorsBehind(rule, context).map((selector) => metricOf(selector) ?? '')),
    );
    return families.flatMap(({ tool, prefix, freshness, drill }): readonly PlacedProblem[] => {
      const first = uses.find(({ metric }) => prefix.test(metric));
      if (first === undefined) return [];
      const { place } = first;
      const isTold = (wanted: RegExp) => [...alerted].some((metric) => wanted.test(metric));
      return [
        ...(isTold(freshness)
          ? []
          : [{ place, text: `No alert looks at when the last good backup by ${tool} was made.` }]),
        ...(drill === undefined || isTold(drill) || !uses.some(({ metric }) => drill.test(metric))
          ? []
          : [{ place, text: 'Restore drills are measured, and no alert says that the last one is long ago.' }]),
      ];
    });
  },
};

interface Family {
  readonly tool: string;
  readonly prefix: RegExp;
  readonly freshness: RegExp;
  readonly drill?: RegExp;
}

/** Names as the exporters have them (`cmdb/catalogue/classes/backup.ts`). */
const families: readonly Family[] = [
  {
    tool: 'the jobs that write a text file',
    prefix: /^(?:backup_last_|restore_drill_)/,
    freshness: /^backup_last_success_timestamp_seconds$/,
    drill: /^restore_drill_last_success_timestamp_seconds$/,
  },
  { tool: 'restic', prefix: /^restic_/, freshness: /^restic_backup_timestamp$/ },
  { tool: 'Velero', prefix: /^velero_backup_/, freshness: /^velero_backup_last_successful_timestamp$/ },
  {
    tool: 'pgBackRest',
    prefix: /^pgbackrest_/,
    freshness: /^pgbackrest_backup(?:_\w+)?_since_last_completion_seconds$/,
  },
];

const ofBackups = /backup|restic|restore_drill/;

interface Use {
  readonly place: Located;
  readonly metric: string;
}

function usesOf(context: LintContext): readonly Use[] {
  const inRules = context.rules
    .filter(({ expression }) => ofBackups.test(expression))
    .flatMap((rule) =>
      selectorsOf(rule, context).map((selector) => ({ place: rule, metric: metricOf(selector) ?? '' })),
    );
  const inPanels = context.input.dashboards
    .flatMap(({ panels }) => panels.flatMap(({ targets }) => targets))
    .filter(({ expression }) => ofBackups.test(expression))
    .flatMap((place) => {
      const [expression] = panelQuery(place)?.expressions ?? [];
      const index = expression === undefined ? null : context.indexOf(expression, 'panel');
      return (index?.entries('selector') ?? []).map(({ node }) => ({ place, metric: metricOf(node) ?? '' }));
    });
  return [...inRules, ...inPanels];
}
