import { type JsonObject, parseDuration, printDuration, type Resource, type Stack } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';

/**
 * Escalation by time, decided where the alert is evaluated: whatever fires longer than the tier's time is raised to the
 * tier above, and after that tier's time too, to the next. `ALERTS_FOR_STATE` holds since when an alert is active and
 * survives a restart of Prometheus; `ALERTS` says that it fires now. The escalated alert has the labels of the original,
 * whose name is kept in `alert`.
 */
export function compileEscalation(operated: OperatedStack): Resource | null {
  const steps = escalationSteps(operated);
  if (steps.length === 0) return null;
  return makeResource(operated, {
    type: 'prometheus-rules',
    name: 'escalation',
    target: 'prometheus',
    spec: {
      group: {
        name: 'escalation',
        interval: paced(operated, '30s'),
        rules: steps.map((step) => escalationRule(operated, step)),
      },
    },
    items: operated.monitored,
    clauses: ['S0:7.3.1.3/1', 'S0:A.5.4.a'],
    derivation: [
      {
        kind: 'tier-rule',
        subject: operated.stack.tier,
        text: `Alerts of ${operated.stack.tier} that stay unresolved are raised ${steps.map(({ to, after }) => `to ${to.tier} after ${after}`).join(', ')}.`,
        source: operated.organisation.source,
      },
    ],
    parts: steps.map(({ to, after }, index) => ({
      name: escalationAlert(to),
      pointer: `/group/rules/${index}`,
      derivation: [
        {
          kind: 'tier-rule',
          subject: to.name,
          text: `${to.name} hears of what ${operated.stack.name} has not resolved after ${after}.`,
        },
      ],
    })),
  });
}

interface EscalationStep {
  readonly to: Stack;
  /** Since the alert became active, adding up the times of the tiers below. */
  readonly after: string;
}

function escalationSteps({ stack, ancestors, organisation }: OperatedStack): readonly EscalationStep[] {
  let totalMs = 0;
  let from = stack;
  const steps: EscalationStep[] = [];
  for (const to of ancestors) {
    const wait = organisation.tiers.find(({ id }) => id === from.tier)?.escalateAfter;
    if (wait === undefined) break;
    totalMs += parseDuration(wait) ?? 0;
    steps.push({ to, after: printDuration(totalMs) });
    from = to;
  }
  return steps;
}

function escalationRule(operated: OperatedStack, { to, after }: EscalationStep): JsonObject {
  const seconds = (parseDuration(paced(operated, after)) ?? 0) / 1000;
  const unresolved = `(time() - ALERTS_FOR_STATE{escalated="",severity!="info"} > ${seconds}) and ignoring (alertstate) ALERTS{alertstate="firing",escalated=""}`;
  return {
    alert: escalationAlert(to),
    expr: `label_replace(${unresolved}, "alert", "$1", "alertname", "(.+)")`,
    labels: { escalated: to.tier },
    annotations: {
      summary_en: `{{ $labels.alert }} of {{ $labels.item }} at {{ $labels.site }} unresolved for {{ $value | humanizeDuration }}: escalated to ${to.tier}`,
      summary_zh: `{{ $labels.site }} 的 {{ $labels.item }} 告警 {{ $labels.alert }} 已持续 {{ $value | humanizeDuration }} 未解决:升级至 ${to.tier}`,
      runbook_url: `${operated.organisation.runbookBase}/escalation`,
    },
  };
}

/** `EscalatedToL2` */
function escalationAlert(to: Stack): string {
  return `EscalatedTo${to.tier}`;
}
