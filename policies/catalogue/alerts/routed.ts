import {
  addressFields,
  alertRulesIn,
  type CompiledRule,
  definePolicy,
  isJsonObject,
  itemAlerts,
  type JsonObject,
  type JsonValue,
  labelledBy,
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
    const untold = new Map<string, Untold>();
    for (const { id, item, stack, labels, rules } of subjectsOf(input)) {
      for (const { place, missed } of listenersOf(stack)) {
        const names = missed(rules, labels);
        const known = untold.get(`${id} ${place}`)?.names ?? [];
        if (names.length > 0) untold.set(`${id} ${place}`, { id, item, place, names: [...known, ...names] });
      }
    }
    return [...untold.values()].map(({ id, item, place, names }) => {
      const message = `Critical alerts of ${id} are told to nobody at ${place}: ${names.join(', ')}.`;
      return { subject: id, item, message, expected: 'a receiver with a channel, at any hour' };
    });
  },
});

interface Untold {
  readonly id: string;
  readonly item: string | null;
  readonly place: string;
  readonly names: readonly string[];
}

/** Some alerts that have the same labels. */
interface Subject {
  /** An item, an objective or a control point. */
  readonly id: string;
  /** Null where it is no item. */
  readonly item: string | null;
  readonly stack: string;
  readonly labels: Labels;
  readonly rules: readonly CompiledRule[];
}

function subjectsOf(input: PolicyInput): readonly Subject[] {
  const ofItems = [...itemAlerts(input).values()].flatMap(({ item: { id }, stack, labels, rules }) =>
    // What is not measured raises no alert; cmdb/critical-monitored tells of that.
    labels === null ? [] : [{ id, item: id, stack, labels, rules }],
  );
  return [...ofItems, ...recordedSubjects(input)];
}

/** Alerts of objectives, of vanished targets, of silent control points: their labels are those of what they read. */
function recordedSubjects({ resources, items }: PolicyInput): readonly Subject[] {
  const ids = new Set(items.map(({ id }) => id));
  const readBy = labelledBy(resources);
  return alertRulesIn(resources).flatMap((rule) => {
    const rules = [rule];
    const read = Map.groupBy(readBy(rule), ({ labels }) => labels.item ?? '');
    return [...read].flatMap(([id, [first]]) =>
      first === undefined
        ? []
        : [{ id, item: ids.has(id) ? id : null, stack: rule.stack, labels: first.labels, rules }],
    );
  });
}

type Labels = Readonly<Record<string, string>>;

/** Names of the critical alerts among some rules that nobody is told of, for an item with these labels. */
type Missed = (rules: readonly CompiledRule[], labels: Labels) => readonly string[];

/** One Alertmanager that must tell somebody of a stack's critical alerts. */
interface Listener {
  /** `plant-east-1 (own tier)` */
  readonly place: string;
  readonly missed: Missed;
}

function indexListeners({ stacks, resources }: PolicyInput): (stack: string) => readonly Listener[] {
  const configurations = resources.filter(({ type }) => type === 'alertmanager-config');
  const hearing = new Map(
    configurations.map(({ address, spec }) => [addressFields(address).stack, missedBy(spec.config)]),
  );
  const listenerOf = (name: string, role: string): Listener => {
    return { place: `${name} (${role})`, missed: hearing.get(name) ?? missedBy(undefined) };
  };
  const headquarters = stacks.filter(({ tier }) => tier === 'L1').map(({ name }) => name);
  const listeners = new Map<string, readonly Listener[]>();
  for (const { name } of stacks) {
    const above = headquarters.filter((other) => other !== name).map((other) => listenerOf(other, 'L1'));
    listeners.set(name, [listenerOf(name, 'own tier'), ...above]);
  }
  return (stack) => listeners.get(stack) ?? [];
}

/** Items of one class share their list of rules, and most of the labels that routes look at. */
function missedBy(value: JsonValue | undefined): Missed {
  const config = isJsonObject(value) ? value : {};
  const { root } = readRoutes(config.route);
  const reachable = receiversWithChannel(config);
  const read = [...labelsRead(root)];
  const answers = new Map<readonly CompiledRule[], Map<string, readonly string[]>>();
  const isMissed = ({ name, labels: own }: CompiledRule, labels: Labels): boolean =>
    !routesTaken(root, { ...labels, ...own, alertname: name }).some((route) => tells(route, reachable));
  return (rules, labels) => {
    const known = answers.get(rules) ?? new Map<string, readonly string[]>();
    answers.set(rules, known);
    const key = read.map((label) => labels[label] ?? '').join('\n');
    const answer =
      known.get(key) ??
      rules.filter((rule) => rule.labels.severity === 'critical' && isMissed(rule, labels)).map(({ name }) => name);
    known.set(key, answer);
    return answer;
  };
}

/** Some receiver that has a channel is told at any hour. */
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
