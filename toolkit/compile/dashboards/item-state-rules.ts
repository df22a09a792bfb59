import type { JsonObject, Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';

const labels = 'item, class, tier, site, tenant, team, criticality';
/** An escalated alert is the same trouble again, and a Watchdog fires while all is well. */
const told = 'alertstate="firing",item!="",escalated="",severity=~"critical|warning|info",alertname!="Watchdog"';

/**
 * Which alerts fire, and the state of every item, under names that the tiers above federate: alerts themselves do not
 * travel, as pending and firing samples of one alert coexist in a federation.
 */
export function compileItemStateRules(operated: OperatedStack): readonly Resource[] {
  if (!operated.stack.targets.includes('prometheus')) return [];
  if (operated.monitored.length === 0 && operated.stack.objectives.length === 0) return [];
  const rules: readonly { readonly name: string; readonly text: string; readonly rule: JsonObject }[] = [
    {
      name: 'alerts_firing',
      text: 'Which alerts fire, and for how many parts of an item: for dashboards and for the tiers above.',
      rule: {
        record: 'signal:alerts_firing',
        expr: `count by (alertname, severity, ${labels}) (ALERTS{${told}})`,
      },
    },
    {
      name: 'item_state',
      text: 'The state of every item: 2 where a critical alert fires, 1 where a warning does, 0 where none.',
      rule: { record: 'signal:item_state', expr: stateExpression },
    },
  ];
  return [
    makeResource(operated, {
      type: 'prometheus-rules',
      name: 'item-state',
      target: 'prometheus',
      spec: { group: { name: 'item-state', interval: paced(operated, '30s'), rules: rules.map(({ rule }) => rule) } },
      items: operated.monitored,
      clauses: ['S0:7.1.1.1.g'],
      derivation: [operatedStep(operated, 'items whose state dashboards show')],
      parts: rules.map(({ name, text }, index) => ({
        name,
        pointer: `/group/rules/${index}`,
        derivation: [{ kind: 'tier-rule', subject: operated.stack.tier, text }],
      })),
    }),
  ];
}

/** Of the own alerts: what is federated from below brings its states with it. */
const firing = (severity: string) =>
  `count by (${labels}) (ALERTS{${told.replace('severity=~"critical|warning|info"', `severity="${severity}"`)}})`;

/** The first that is there counts. An item none of whose targets answers is still measured: its `up` is 0. */
const stateExpression = [
  `(${firing('critical')} * 0 + 2)`,
  `(${firing('warning')} * 0 + 1)`,
  `(max by (${labels}) (up{item!=""}) * 0)`,
].join(' or ');
