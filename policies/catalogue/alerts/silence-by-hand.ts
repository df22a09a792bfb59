import { alertRulesIn, type CompiledRule, definePolicy, type PolicyInput, type Stack } from 'opsctl';

const longestDays = 30;
const msPerDay = 86_400_000;

export const silenceByHand = definePolicy({
  id: 'alerts/silence-by-hand',
  level: 'advisory',
  title: {
    en: 'Silences made by hand that hide critical alerts should have an owner, a reason and a near end',
    zh: '手工创建且掩盖严重告警的静默应有责任人、原因和近期的结束时间',
  },
  rationale: 'Whoever made it has gone home, nobody dares to lift it, and the next fault wakes nobody.',
  remedy:
    'Ask who made it, and end it in Alertmanager; or declare it with .silence(...) and take it over with opsctl adopt.',
  clauses: ['S0:A.1.1.b/5', 'S0:7.3.1.1'],
  check: (input) =>
    (input.plan?.unmanaged ?? []).flatMap(({ stack, type, name, facts }) => {
      if (type !== 'alertmanager-silence' || facts === undefined) return [];
      const silence = facts as unknown as FoundSilence;
      const faults = faultsOf(silence, input.today);
      const hidden = faults.length === 0 ? [] : criticalHidden(input, stack, silence);
      if (hidden.length === 0) return [];
      const alerts = `${hidden.slice(0, 3).join(', ')}${hidden.length > 3 ? ` and ${hidden.length - 3} more` : ''}`;
      const message = `The silence ${name} in the Alertmanager of ${stack} hides ${alerts}, and ${faults.join(', ')}.`;
      const position = input.stacks.find((one) => one.name === stack)?.source;
      return [{ subject: `${stack}/${type}/${name}`, item: null, message, ...(position && { position }) }];
    }),
});

interface FoundSilence {
  readonly matchers: readonly FoundMatcher[];
  readonly startsAt?: string;
  readonly endsAt: string;
  readonly owner: string;
  readonly reason: string;
}

interface FoundMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

function faultsOf({ owner, reason, startsAt, endsAt }: FoundSilence, today: string): readonly string[] {
  const days = Math.ceil((Date.parse(endsAt) - Date.parse(startsAt ?? today)) / msPerDay);
  return [
    ...(owner.trim() === '' ? ['names nobody who made it'] : []),
    ...(reason.trim() === '' ? ['gives no reason'] : []),
    ...(days > longestDays ? [`lasts ${days} days where ${longestDays} are the most`] : []),
  ];
}

/** Alerts of the control point and of those below arrive at its Alertmanager. */
function criticalHidden({ stacks, resources }: PolicyInput, at: string, silence: FoundSilence): readonly string[] {
  const heard = new Set([at, ...belowOf(at, stacks)]);
  const critical = alertRulesIn(resources).filter(
    ({ stack, labels }) => heard.has(stack) && labels.severity === 'critical',
  );
  return [...new Set(critical.filter((rule) => mayHide(silence.matchers, rule)).map(({ name }) => name))].sort();
}

function belowOf(at: string, stacks: readonly Stack[]): readonly string[] {
  const children = stacks.filter(({ parent }) => parent === at).map(({ name }) => name);
  return children.flatMap((child) => [child, ...belowOf(child, stacks)]);
}

/** A label that the rule does not set comes from its series, and may be anything. */
function mayHide(matchers: readonly FoundMatcher[], { name, stack, labels }: CompiledRule): boolean {
  const known: Readonly<Record<string, string>> = { ...labels, alertname: name, stack };
  return matchers.every((matcher) => {
    const held = known[matcher.name];
    return held === undefined || fits(matcher, held) === matcher.isEqual;
  });
}

function fits({ value, isRegex }: FoundMatcher, held: string): boolean {
  if (!isRegex) return held === value;
  try {
    return new RegExp(`^(?:${value})$`).test(held);
  } catch {
    // A pattern that only RE2 reads: better one finding too many.
    return true;
  }
}
