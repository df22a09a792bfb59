import {
  type ChosenValues,
  interpolate,
  patternOf,
  type ReadVariable,
  type Scope,
} from '../languages/grafana/index.ts';
import type { MetricsSource } from './metrics-source.ts';
import type { TimeRange } from './panel-data.ts';

/** Values of all variables, each asked with those before it, as a browser would have them when the dashboard opens. */
export async function chooseVariables(
  variables: readonly ReadVariable[],
  wanted: ReadonlyMap<string, readonly string[]>,
  { source, range, scope }: { readonly source: MetricsSource; readonly range: TimeRange; readonly scope: Scope },
): Promise<Scope> {
  const chosen = new Map<string, ChosenValues>();
  for (const variable of variables) {
    const options = await optionsOf(variable, { ...scope, variables: chosen }, source, range);
    chosen.set(variable.name, choose(variable, options, wanted.get(variable.name)));
  }
  return { ...scope, variables: chosen };
}

function choose(variable: ReadVariable, options: readonly string[], wanted?: readonly string[]): ChosenValues {
  const isPattern = variable.isMulti || variable.includesAll;
  if (wanted !== undefined) return { values: wanted, asWhole: '', isPattern };
  const [first] = variable.current;
  const wantsAll =
    first === '$__all' || (variable.includesAll && !variable.current.some((value) => options.includes(value)));
  if (wantsAll && variable.includesAll)
    return {
      values: options,
      asWhole: variable.allValue === '' && options.length > 0 ? '' : variable.allValue || '.*',
      isPattern,
    };
  const kept = variable.current.filter((value) => options.includes(value));
  if (kept.length > 0) return { values: kept, asWhole: '', isPattern };
  return { values: options.slice(0, 1), asWhole: options.length === 0 && isPattern ? '.*' : '', isPattern };
}

const mostOptions = 500;

async function optionsOf(
  variable: ReadVariable,
  scope: Scope,
  source: MetricsSource,
  range: TimeRange,
): Promise<readonly string[]> {
  switch (variable.type) {
    case 'query': {
      const found = await ask(interpolate(variable.query, scope), source, range);
      return filtered(found, variable.regex).slice(0, mostOptions);
    }
    case 'custom':
    case 'interval':
      return variable.query
        .split(/(?<!\\),/)
        .map((option) => option.replace(/^.*\s:\s/s, '').trim())
        .filter((option) => option !== '');
    case 'datasource':
      return [variable.current[0] ?? variable.query];
    case 'constant':
    case 'textbox':
      return [variable.current[0] ?? variable.query];
    default:
      return variable.current;
  }
}

/** `label_values(metric, label)`, `label_values(label)`, `metrics(pattern)`, `query_result(expression)`. */
async function ask(query: string, source: MetricsSource, range: TimeRange): Promise<readonly string[]> {
  const [, whole] = /^\s*label_values\(\s*([\s\S]*)\)\s*$/.exec(query) ?? [];
  if (whole !== undefined) {
    const comma = whole.lastIndexOf(',');
    const label = whole.slice(comma + 1).trim();
    const match = comma < 0 ? null : whole.slice(0, comma).trim();
    return valuesOf(await source.labelValues(label, match, range));
  }
  const [, pattern] = /^\s*metrics\(\s*([\s\S]*?)\s*\)\s*$/.exec(query) ?? [];
  if (pattern !== undefined) {
    const test = patternOf(pattern);
    return valuesOf(await source.labelValues('__name__', null, range)).filter((name) => test?.test(name) === true);
  }
  const [, expression] = /^\s*query_result\(([\s\S]*)\)\s*$/.exec(query) ?? [];
  if (expression === undefined) return [];
  const hint = { unit: '', min: null, max: null, steps: [], isState: false, labels: [] };
  const answer = await source.query(expression, range, hint);
  return answer.ok
    ? answer.value.map(({ labels, points }) => `${printLabels(labels)} ${points.at(-1)?.[1] ?? ''}`)
    : [];
}

function valuesOf(answer: Awaited<ReturnType<MetricsSource['labelValues']>>): readonly string[] {
  return answer.ok ? answer.value.toSorted() : [];
}

function printLabels({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`;
}

/** Only what the pattern of the variable matches; of that, what is in its first parentheses. */
function filtered(options: readonly string[], regex: string): readonly string[] {
  const pattern = regex === '' ? null : patternOf(regex);
  if (pattern === null) return [...new Set(options)];
  return [
    ...new Set(
      options.flatMap((option) => {
        const found = pattern.exec(option);
        return found === null ? [] : [found.groups?.value ?? found[1] ?? found[0]];
      }),
    ),
  ];
}
