import { type AlertmanagerConfig, allRoutes, type LabelSet, type Matcher } from '../languages/alert-routing/index.ts';

const most = 4000;

/**
 * Label sets that tell routing trees apart: for each route one that fulfils all its matchers, one for each matcher that it
 * just misses, and combinations of all values that are asked for, in an order that is the same every time.
 */
export function sampleLabels({ root }: AlertmanagerConfig): readonly LabelSet[] {
  const routes = allRoutes(root);
  const values = valuesOf(routes.flatMap(({ matchers }) => matchers));
  const fulfilling = routes.flatMap(({ matchers }) => nearMatchers(matchers, values));
  const combined: LabelSet[] = [];
  const next = createSequence();
  const names = [...values.keys()];
  while (names.length > 0 && combined.length < most - fulfilling.length) {
    const labels: Record<string, string> = { alertname: 'AnAlert' };
    for (const name of names) {
      const choices = values.get(name) ?? [];
      const value = choices[next() % (choices.length + 1)];
      if (value !== undefined && value !== '') labels[name] = value;
    }
    combined.push(labels);
  }
  return [{ alertname: 'AnAlert' }, ...fulfilling.slice(0, most), ...combined];
}

function valuesOf(matchers: readonly Matcher[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, Set<string>>();
  for (const matcher of matchers) {
    const known = values.get(matcher.label) ?? new Set(['another']);
    values.set(matcher.label, known);
    for (const value of candidatesFor(matcher)) known.add(value);
  }
  return new Map([...values].map(([label, known]) => [label, [...known]]));
}

/** Values at which the matcher decides; of a pattern, the pieces of it that it accepts. */
function candidatesFor({ value, values, operator }: Matcher): readonly string[] {
  if (!operator.endsWith('~')) return [value];
  const pieces = value
    .replaceAll(/\\(.)/g, '$1')
    .split(/[|()]/)
    .map((piece) => piece.replaceAll(/\.[*+?]|[\^$*+?]|\[[^\]]*\]/g, 'x'));
  return [...(values ?? []), ...pieces, ...pieces.map((piece) => piece.replaceAll('x', '1'))];
}

function nearMatchers(
  matchers: readonly Matcher[],
  values: ReadonlyMap<string, readonly string[]>,
): readonly LabelSet[] {
  const whole: Record<string, string> = { alertname: 'AnAlert' };
  for (const { label } of matchers) {
    const all = matchers.filter((other) => other.label === label);
    const value = ['', ...(values.get(label) ?? [])].find((one) => all.every(({ accepts }) => accepts(one)));
    if (value !== undefined && value !== '') whole[label] = value;
  }
  return [whole, ...matchers.map(({ label }) => ({ ...whole, [label]: 'another' }))];
}

/** Small numbers that look random and are the same in each run. */
function createSequence(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >>> 16;
  };
}
