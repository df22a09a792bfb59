import {
  addressFields,
  type CompiledRule,
  definePolicy,
  isJsonObject,
  itemAlerts,
  type JsonObject,
  type JsonValue,
  labelsRead,
  type PolicyInput,
  type Route,
  readRoutes,
  routesTaken,
} from 'opsctl';

/**
 * Follows every critical alert of every item through the compiled routing of its own control point and of the
 * headquarters. Ten thousand items have a few dozen kinds of alert between them as far as routing can tell, so the answer
 * is kept by the labels that the routes look at.
 */
export const routed = definePolicy({
  id: 'alerts/routed',
  level: 'mandatory',
  title: { en: 'Critical alerts must reach the own team and L1', zh: '严重告警必须同时送达本级团队与一级平台' },
  rationale:
    'An alert that no channel carries is the same as none; the tier that owns the item acts first, and L1 hears of it at once.',
  remedy:
    'Give the team a channel for critical alerts, in the stack’s own tier and at L1, that is not limited to working hours.',
  clauses: ['S0:7.3.1.1', 'S0:7.3.1.1/1', 'S0:A.1.1.b/9'],
  check: (input) => {
    const listenersOf = indexListeners(input);
    return [...itemAlerts(input).values()].flatMap(({ item: { id }, stack, labels, rules }) => {
      // What is not measured raises no alert; cmdb/critical-monitored tells of that.
      if (labels === null) return [];
      const critical = rules.filter((rule) => rule.labels.severity === 'critical');
      return listenersOf(stack).flatMap(({ place, hears }) => {
        const unheard = critical.filter((rule) => !hears(rule, labels)).map(({ name }) => name);
        if (unheard.length === 0) return [];
        const message = `Critical alerts of ${id} are told to nobody at ${place}: ${unheard.join(', ')}.`;
        return [{ subject: id, item: id, message, expected: 'a receiver with a channel, at any hour' }];
      });
    });
  },
});

type Labels = Readonly<Record<string, string>>;

/** One Alertmanager that must tell somebody of a stack's critical alerts. */
interface Listener {
  /** `plant-east-1 (own tier)` */
  readonly place: string;
  readonly hears: (rule: CompiledRule, labels: Labels) => boolean;
}

function indexListeners({ stacks, resources }: PolicyInput): (stack: string) => readonly Listener[] {
  const configurations = resources.filter(({ type }) => type === 'alertmanager-config');
  const hearing = new Map(
    configurations.map(({ address, spec }) => [addressFields(address).stack, hearingOf(spec.config)]),
  );
  const listenerOf = (name: string, role: string): Listener => ({
    place: `${name} (${role})`,
    hears: hearing.get(name) ?? (() => false),
  });
  const headquarters = stacks.filter(({ tier }) => tier === 'L1').map(({ name }) => name);
  const listeners = stacks.map(
    ({ name }) =>
      [
        name,
        [
          listenerOf(name, 'own tier'),
          ...headquarters.filter((other) => other !== name).map((other) => listenerOf(other, 'L1')),
        ],
      ] as const,
  );
  const byStack: ReadonlyMap<string, readonly Listener[]> = new Map(listeners);
  return (stack) => byStack.get(stack) ?? [];
}

/** Whether some receiver that has a channel is told at any hour. */
function hearingOf(config: JsonValue | undefined): Listener['hears'] {
  if (!isJsonObject(config)) return () => false;
  const { root } = readRoutes(config.route);
  const reachable = receiversWithChannel(config);
  const read = [...labelsRead(root)];
  const known = new Map<string, boolean>();
  return (rule, labels) => {
    const key = read.map((label) => labelOf(rule, labels, label)).join('\n');
    const answer =
      known.get(key) ?? routesTaken(root, alertLabels(rule, labels)).some((route) => tells(route, reachable));
    known.set(key, answer);
    return answer;
  };
}

function labelOf(rule: CompiledRule, labels: Labels, label: string): string {
  return label === 'alertname' ? rule.name : (rule.labels[label] ?? labels[label] ?? '');
}

function alertLabels(rule: CompiledRule, labels: Labels): Labels {
  return { ...labels, ...rule.labels, alertname: rule.name };
}

function tells({ receiver, isTimed }: Route, reachable: ReadonlySet<string>): boolean {
  return !isTimed && reachable.has(receiver);
}

function receiversWithChannel(config: JsonObject): ReadonlySet<string> {
  const receivers = Array.isArray(config.receivers) ? (config.receivers as readonly JsonObject[]) : [];
  const withChannel = receivers.filter((receiver) =>
    Object.entries(receiver).some(
      ([key, channels]) => key.endsWith('_configs') && Array.isArray(channels) && channels.length > 0,
    ),
  );
  return new Set(withChannel.map(({ name }) => String(name)));
}
