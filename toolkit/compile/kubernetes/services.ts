import { isInCluster, type KubernetesHome, type Stack } from '../../model/index.ts';
import type { Surroundings } from '../operated-stack.ts';

/**
 * Where things answer, as seen from the cluster that a stack is at home in: its own systems at the services that the home
 * names, or at those that the operator and the usual charts make. The systems of other stacks are outside, whether they
 * have a cluster or not: there they answer where the bindings say. These may also say that a service is elsewhere.
 */
export function atHome(surroundings: Surroundings, { name, home, targets }: Stack): Surroundings {
  if (home === undefined) return surroundings;
  return {
    ...surroundings,
    targetEndpoint: (stack, target) => {
      const own = stack === name ? targets.find((one) => one === target) : undefined;
      return own !== undefined && isInCluster({ home }, own)
        ? surroundings.endpoint(serviceOf(home, target))
        : surroundings.targetEndpoint(stack, target);
    },
  };
}

function serviceOf({ namespace, services }: KubernetesHome, target: string): string {
  const named = Object.entries(services).find(([system]) => system === target)?.[1];
  const [service = target, port = '80'] = usual[target] ?? [];
  return named ?? `${service}.${namespace}.svc:${port}`;
}

/** The governing services of the operator, and the names that exporters have where nothing else is chosen. */
const usual: Readonly<Record<string, readonly [service: string, port: string]>> = {
  prometheus: ['prometheus-operated', '9090'],
  alertmanager: ['alertmanager-operated', '9093'],
  blackbox: ['blackbox-exporter', '9115'],
  grafana: ['grafana', '80'],
  snmp: ['snmp-exporter', '9116'],
  modbus: ['modbus-exporter', '9602'],
  ipmi: ['ipmi-exporter', '9290'],
  json: ['json-exporter', '7979'],
};
