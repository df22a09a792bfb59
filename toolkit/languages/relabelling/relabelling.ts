/** One entry of `metric_relabel_configs`, with the fields of Prometheus 2.42 that are used here. */
export interface RelabelRule {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: 'replace' | 'keep' | 'drop' | 'labelmap' | 'labeldrop' | 'labelkeep';
}

export type Labels = Readonly<Record<string, string>>;

/**
 * What relabelling makes of one series; null: it is dropped. Held against a real Prometheus in
 * `test/catalogue/relabelling.test.ts`.
 */
export function relabel(labels: Labels, rules: readonly RelabelRule[]): Labels | null {
  let series: Labels | null = labels;
  for (const rule of rules) {
    series = apply(series, rule);
    if (series === null) return null;
  }
  // With such a series the whole scrape fails; no step takes a name away.
  return series['__name__'] === undefined ? null : series;
}

function apply(labels: Labels, rule: RelabelRule): Labels | null {
  const { action = 'replace', source_labels: sources = [], separator = ';', regex = '(.*)' } = rule;
  const pattern = compile(regex);
  const value = sources.map((name) => labels[name] ?? '').join(separator);
  switch (action) {
    case 'keep':
      return pattern.test(value) ? labels : null;
    case 'drop':
      return pattern.test(value) ? null : labels;
    case 'replace':
      return replace(labels, rule, pattern.exec(value));
    case 'labeldrop':
      return filter(labels, (name) => !pattern.test(name));
    case 'labelkeep':
      return filter(labels, (name) => pattern.test(name));
    case 'labelmap':
      return mapNames(labels, pattern, rule.replacement ?? '$1');
    default:
      return action satisfies never;
  }
}

function replace(labels: Labels, rule: RelabelRule, match: RegExpExecArray | null): Labels {
  if (match === null) return labels;
  const target = expand(rule.target_label ?? '', match);
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(target)) return labels;
  const value = expand(rule.replacement ?? '$1', match);
  const { [target]: _, ...others } = labels;
  // An empty label is one that is not there.
  return value === '' ? others : { ...others, [target]: value };
}

function mapNames(labels: Labels, pattern: RegExp, replacement: string): Labels {
  const mapped = Object.entries(labels).flatMap(([name, value]) => {
    const match = pattern.exec(name);
    return match === null ? [] : [[expand(replacement, match), value] as const];
  });
  return { ...labels, ...Object.fromEntries(mapped) };
}

function filter(labels: Labels, keeps: (name: string) => boolean): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => keeps(name)));
}

/** `$1`, `${1}` and `$name` as Go's Expand has them: a name is as long as it can be, so `$1x` is a group called 1x. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replaceAll(
    /\$(?:\$|\{(\w+)\}|(\w+))/g,
    (all, braced: string | undefined, bare: string | undefined) => {
      if (all === '$$') return '$';
      const name = braced ?? bare ?? '';
      return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
    },
  );
}

const compiled = new Map<string, RegExp>();

/** Anchored at both ends, as Prometheus does it, where `.` is any character (`(?s)`) since 3.0 and no line feed before. */
function compile(regex: string): RegExp {
  const before = compiled.get(regex);
  if (before !== undefined) return before;
  const pattern = new RegExp(`^(?:${regex.replaceAll('(?P<', '(?<')})$`);
  compiled.set(regex, pattern);
  return pattern;
}
