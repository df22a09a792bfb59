import { type JsonObject, parseDuration, printDuration, type Resource, type Stack } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';

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
        text: `Alerts of ${operated.stack.tier} that stay unresolved are raised ${steps.map(describeStep).join(', ')}.`,
        source: operated.organisation.source,
      },
    ],
    parts: steps.map((step, index) => ({
      name: escalationAlert(step.to),
      pointer: `/group/rules/${index}`,
      derivation: [
        {
          kind: 'tier-rule',
          subject: step.to.name,
          text: `${step.to.name} hears of what ${operated.stack.name} has not resolved: ${describeStep(step)}.`,
        },
      ],
    })),
  });
}

interface EscalationStep {
  readonly to: Stack;
  /** Since the alert became active, adding up the times of the tiers below. */
  readonly criticalAfter: string;
  readonly warningsAfter: string;
}

function escalationSteps({ stack, ancestors, organisation }: OperatedStack): readonly EscalationStep[] {
  let criticalMs = 0;
  let warningsMs = 0;
  let from = stack;
  const steps: EscalationStep[] = [];
  for (const to of ancestors) {
    const tier = organisation.tiers.find(({ id }) => id === from.tier);
    if (tier?.escalateAfter === undefined) break;
    criticalMs += parseDuration(tier.escalateAfter) ?? 0;
    warningsMs += parseDuration(tier.escalateWarningsAfter ?? tier.escalateAfter) ?? 0;
    steps.push({ to, criticalAfter: printDuration(criticalMs), warningsAfter: printDuration(warningsMs) });
    from = to;
  }
  return steps;
}

function describeStep({ to, criticalAfter, warningsAfter }: EscalationStep): string {
  const warnings = warningsAfter === criticalAfter ? '' : ` (warnings after ${warningsAfter})`;
  return `to ${to.tier} after ${criticalAfter}${warnings}`;
}

function escalationRule(operated: OperatedStack, step: EscalationStep): JsonObject {
  const { to } = step;
  const unresolved = `(${activeTooLong(operated, step)}) and ignoring (alertstate) ALERTS{alertstate="firing",escalated=""}`;
  return {
    alert: escalationAlert(to),
    expr: `label_replace(${unresolved}, "alert", "$1", "alertname", "(.+)")`,
    labels: { escalated: to.tier },
    annotations: {
      summary_en: `{{ $labels.alert }} of {{ $labels.item }} at {{ $labels.site }} unresolved for {{ $value | humanizeDuration }}: escalated to ${to.tier}`,
      summary_zh: `{{ $labels.site }} 的 {{ $labels.item }} 告警 {{ $labels.alert }} 已持续 {{ $value | humanizeDuration }} 未解决:升级至 ${to.tier}`,
      runbook_url: runbookUrl(operated, 'escalation'),
    },
  };
}

function activeTooLong(operated: OperatedStack, { criticalAfter, warningsAfter }: EscalationStep): string {
  if (criticalAfter === warningsAfter) return activeLonger(operated, 'severity!="info"', criticalAfter);
  const critical = activeLonger(operated, 'severity="critical"', criticalAfter);
  return `${critical} or ${activeLonger(operated, 'severity="warning"', warningsAfter)}`;
}

function activeLonger(operated: OperatedStack, matcher: string, after: string): string {
  const seconds = (parseDuration(paced(operated, after)) ?? 0) / 1000;
  return `time() - ALERTS_FOR_STATE{escalated="",${matcher}} > ${seconds}`;
}

/** `EscalatedToL2` */
function escalationAlert(to: Stack): string {
  return `EscalatedTo${to.tier}`;
}
