import { type Diagnostic, Failure } from '../diagnostics/index.ts';
import type { Labels } from '../history/index.ts';
import { type ActiveAlert, type Alerting, addressFields } from '../model/index.ts';
import type { PlannedChange } from '../plan/index.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { type Fate, fateTeller } from './refire-fate.ts';
import type { TargetSessions } from './target-sessions.ts';

/** Active alerts of one name to which a plan does the same, for the same reason. */
export interface Refire extends Fate {
  readonly stack: string;
  readonly alert: string;
  readonly state: ActiveAlert['state'];
  readonly alerts: readonly { readonly labels: Labels; readonly activeAtMs: number }[];
}

/**
 * What carrying out a plan would do to alerts that are active now. Prometheus keeps the state of an alert over a reload
 * only where file, group, name and labels of its rule stay: any other change is told as resolved, and fires again.
 */
export async function findRefires(
  changes: readonly PlannedChange[],
  sessions: TargetSessions,
  diagnostics: Diagnostic[],
): Promise<readonly Refire[]> {
  const byTarget = Map.groupBy(changes, ({ address, change }) => `${addressFields(address).stack}/${targetOf(change)}`);
  const found = await Promise.all(
    [...byTarget].map(async ([key, own]) => {
      const [stack = '', target = ''] = key.split('/');
      try {
        const { alerting } = sessions.open(stack, target);
        return alerting === undefined ? [] : await refiresOf(stack, own, alerting);
      } catch (cause) {
        if (!(cause instanceof Failure)) throw cause;
        const facts = { stack, target, reason: cause.diagnostic.detail };
        diagnostics.push(operateDiagnostics.create('alerts-not-asked', facts, { subject: key }));
        return [];
      }
    }),
  );
  return found.flat();
}

function targetOf(change: PlannedChange['change']): string {
  if ('desired' in change) return change.desired.target;
  return 'observed' in change ? change.observed.target : change.applied.target;
}

async function refiresOf(
  stack: string,
  changes: readonly PlannedChange[],
  alerting: Alerting,
): Promise<readonly Refire[]> {
  const active = await alerting.active();
  if (active.length === 0) return [];
  const fate = fateTeller(changes, alerting);
  const groups = new Map<string, Refire & { alerts: { labels: Labels; activeAtMs: number }[] }>();
  for (const alert of active) {
    const told = await fate(alert);
    if (told === null) continue;
    const name = alert.labels.alertname ?? '';
    const key = JSON.stringify([name, alert.state, told]);
    const group = groups.get(key) ?? { stack, alert: name, state: alert.state, ...told, alerts: [] };
    groups.set(key, group);
    group.alerts.push({ labels: alert.labels, activeAtMs: alert.activeAtMs });
  }
  return [...groups.values()];
}
