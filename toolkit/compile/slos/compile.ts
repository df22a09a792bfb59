import type { DerivationStep, Resource } from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import { type OperatedStack, paced, sharedTenant } from '../operated-stack.ts';
import { sloAlerts } from './alerts.ts';
import { ruleInterval } from './indicator.ts';
import { sloLabels } from './labels.ts';
import { describePeriod } from './period.ts';
import { recordedSeries, recordingRule } from './recorded.ts';
import { type UpheldSlo, upheldBy } from './upheld.ts';

/** One rule file for each objective that a control point upholds. */
export function compileSlos(operated: OperatedStack): readonly Resource[] {
  if (!operated.stack.targets.includes('prometheus')) return [];
  return upheldBy(operated).map((upheld) => compileSlo(operated, upheld));
}

function compileSlo(operated: OperatedStack, upheld: UpheldSlo): Resource {
  const { slo, items } = upheld;
  const name = `slo-${slo.id}`;
  const declared = (text: string): DerivationStep => ({
    kind: 'declaration',
    subject: slo.id,
    text,
    source: slo.source,
    clauses: slo.clauses ?? [],
  });
  const rules = [
    ...recordedSeries(operated, upheld).map((recorded) => ({
      name: recorded.name,
      rule: recordingRule(upheld, recorded),
      text: recorded.text,
    })),
    ...sloAlerts(operated, upheld),
  ];
  const resource = makeResource(operated, {
    type: 'prometheus-rules',
    name,
    target: 'prometheus',
    spec: { group: { name, interval: paced(operated, ruleInterval), rules: rules.map(({ rule }) => rule) } },
    items,
    clauses: slo.clauses ?? [],
    derivation: [
      declared(`${slo.title.en}: ${slo.objective} over ${describePeriod(slo.window)}.`),
      {
        kind: 'declaration',
        subject: operated.stack.name,
        text: `The stack ${operated.stack.name} upholds ${slo.id}, a service of ${items.map(({ id }) => id).join(', ')}.`,
        source: upheld.source,
      },
      ...items.map(({ id, source }) => {
        return { kind: 'relation', subject: id, text: `${id} is part of the service.`, source } as const;
      }),
    ],
    parts: rules.map((rule, index) => ({
      name: rule.name,
      pointer: `/group/rules/${index}`,
      derivation: [declared(rule.text)],
    })),
  });
  // It is the objective's, also where the service is one item of somebody else.
  const { team = resource.owner, tenant = sharedTenant } = sloLabels(upheld);
  return { ...resource, owner: team, tenant: tenant === sharedTenant ? null : tenant, source: slo.source };
}
