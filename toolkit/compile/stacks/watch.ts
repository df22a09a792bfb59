import {
  type DerivationStep,
  expectedSeries,
  type JsonObject,
  parseDuration,
  printExpectedTarget,
  type Resource,
  type Stack,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { itemLabels, type OperatedStack, paced, runbookUrl, sharedTenant } from '../operated-stack.ts';
import { belowJob, controlPointClass, evaluatedSeries, watchdogAlert } from '../watchdog.ts';
import type { ScrapeJob } from './targets.ts';

interface WatchRule {
  readonly name: string;
  readonly rule: JsonObject;
  readonly text: string;
}

/**
 * What watches the watching at one control point. That it evaluates rules at all is told upwards, as a series that the
 * tier above reads and as an alert that always fires; that an item or a control point below has vanished is seen against
 * series that say what there should be. A target that is down still has `up`, so its own alert tells of it, and not this.
 */
export function compileWatch(operated: OperatedStack, jobs: readonly ScrapeJob[]): Resource {
  // A rule that reads another of its group comes after it, or it is one evaluation late.
  const recorded = [...expectedItems(operated, jobs), ...expectedBelow(operated)];
  const beat = heartbeat(operated);
  const alerts = [
    ...missingTargets(operated, jobs),
    ...(operated.children.length === 0 ? [] : [silentControlPoint(operated)]),
  ];
  const rules = [...beat.map(({ rule }) => rule), ...recorded, ...alerts.map(({ rule }) => rule)];
  return makeResource(operated, {
    type: 'prometheus-rules',
    name: 'watch',
    target: 'prometheus',
    spec: { group: { name: 'watch', interval: paced(operated, '30s'), rules } },
    items: operated.monitored,
    clauses: ['S0:7.1.1.1.a', 'S0:7.3.1.1'],
    derivation: [step(operated, `What ${operated.stack.name} has to measure, and that it does measure.`)],
    parts: [...beat, ...alerts].map(({ name, rule, text }) => ({
      name,
      pointer: `/group/rules/${rules.indexOf(rule)}`,
      derivation: [step(operated, text)],
    })),
  });
}

function step({ stack }: OperatedStack, text: string): DerivationStep {
  return { kind: 'tier-rule', subject: stack.tier, text, source: stack.source };
}

/** What of this control point is told is told of its own team. */
function ownLabels({ stack }: OperatedStack, item: string): Readonly<Record<string, string>> {
  const { tier, site, team } = stack;
  return { item, class: controlPointClass, tier, site, tenant: sharedTenant, team, criticality: 'critical' };
}

function heartbeat(operated: OperatedStack): readonly WatchRule[] {
  const { stack, ancestors } = operated;
  const [above] = ancestors;
  const reader = above === undefined ? 'Nobody above reads it' : `${above.name} reads it`;
  return [
    {
      name: watchdogAlert,
      text: `Fires always, so that its silence tells that something between ${stack.name} and a receiver is broken.`,
      rule: {
        alert: watchdogAlert,
        expr: 'vector(1)',
        labels: { severity: 'info' },
        annotations: {
          summary_en: `${stack.name} evaluates its rules and reaches this Alertmanager; it is wrong only when this stops`,
          summary_zh: `${stack.name} 正在计算规则并能送达本 Alertmanager；此告警消失才是异常`,
          runbook_url: runbookUrl(operated, 'watch/watchdog'),
        },
      },
    },
    {
      name: evaluatedSeries,
      text: `${reader}: a Prometheus that answers but evaluates nothing is silent all the same.`,
      rule: { record: evaluatedSeries, expr: 'vector(time())', labels: ownLabels(operated, stack.name) },
    },
  ];
}

/** As urgent as the item: what nobody may be blind for wakes somebody, the rest is worked in hours. */
const urgencies = [
  { severity: 'critical', levels: ['critical', 'high'] },
  { severity: 'warning', levels: ['medium', 'low'] },
] as const;

const missingAlert = 'TargetMissing';

function missingTargets(operated: OperatedStack, jobs: readonly ScrapeJob[]): readonly WatchRule[] {
  const levels: ReadonlySet<string> = new Set(jobs.flatMap(({ items }) => items.map(({ criticality }) => criticality)));
  return urgencies.flatMap((urgency): readonly WatchRule[] => {
    if (!urgency.levels.some((level) => levels.has(level))) return [];
    const wanted = `${expectedSeries}{class!="${controlPointClass}",criticality=~"${urgency.levels.join('|')}"}`;
    return [
      {
        name: urgency.severity === 'critical' ? missingAlert : `${missingAlert}:${urgency.severity}`,
        text: 'Has to be measured, and Prometheus has no such target: neither up nor down, so no other alert can tell. Ten minutes let a new item be found and measured once.',
        rule: {
          alert: missingAlert,
          expr: `${wanted} unless on (item, job) up`,
          for: paced(operated, '10m'),
          labels: { severity: urgency.severity },
          annotations: {
            summary_en:
              '{{ $labels.item }} at {{ $labels.site }} is not measured: the job {{ $labels.job }} has no such target',
            summary_zh: '{{ $labels.site }} 的 {{ $labels.item }} 未被采集：任务 {{ $labels.job }} 中没有该目标',
            runbook_url: runbookUrl(operated, 'watch/target-missing'),
          },
        },
      },
    ];
  });
}

function expectedItems({ stack }: OperatedStack, jobs: readonly ScrapeJob[]): readonly JsonObject[] {
  return jobs.flatMap(({ name, items }) =>
    items.map((item) => printExpectedTarget({ item: item.id, job: name, labels: itemLabels(item, stack.tier) })),
  );
}

/** By this tier's labels: it is this tier that has gone blind, and whose people have to look. */
function expectedBelow(operated: OperatedStack): readonly JsonObject[] {
  return operated.children.map((child) =>
    printExpectedTarget({ item: child.name, job: belowJob(child), labels: ownLabels(operated, child.name) }),
  );
}

/** Its rules are evaluated every 30 seconds and read every minute; three minutes are two readings that failed. */
const oldestBeat = '3m';

function silentControlPoint(operated: OperatedStack): WatchRule {
  const [first, ...others] = operated.children.map(({ name }) => name);
  const below = others.length === 0 ? `item="${first}"` : `item=~"${[first, ...others].join('|')}"`;
  const oldest = (parseDuration(paced(operated, oldestBeat)) ?? 0) / 1000;
  const recent = `time() - ${evaluatedSeries}{${below}} < ${oldest}`;
  return {
    name: 'ControlPointSilent',
    text: `${describeChildren(operated.children)} below ${operated.stack.name}: without its Prometheus nothing there is watched, and only the tier above can tell.`,
    rule: {
      alert: 'ControlPointSilent',
      expr: `${expectedSeries}{class="${controlPointClass}"} unless on (item) (${recent})`,
      for: paced(operated, '2m'),
      labels: { severity: 'critical' },
      annotations: {
        summary_en:
          '{{ $labels.item }} is silent: {{ $labels.site }} hears nothing of its Prometheus, so nobody knows how it and what is below it are',
        summary_zh:
          '{{ $labels.item }} 已静默：{{ $labels.site }} 收不到其 Prometheus 的心跳，该控制点及其下级的状况未知',
        runbook_url: runbookUrl(operated, 'watch/control-point-silent'),
      },
    },
  };
}

function describeChildren(children: readonly Stack[]): string {
  return `Control ${children.length === 1 ? 'point' : 'points'} ${children.map(({ name }) => name).join(', ')}`;
}
