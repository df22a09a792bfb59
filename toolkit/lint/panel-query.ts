import type { Target } from './lint-input.ts';

/** The query of a panel as Prometheus could get it: variables of Grafana replaced by something of the same length. */
export interface PanelQuery {
  readonly target: Target;
  /** What may stand for the variables is not known from their names, so there are several readings; the first is likeliest. */
  readonly expressions: readonly string[];
}

export function panelQuery(target: Target): PanelQuery | null {
  if (!target.isPromql) return null;
  const { expression } = target;
  if (!/\$|\[\[/.test(expression)) return { target, expressions: [expression] };
  const readings = (['name', 'number', 'nothing', 'operator'] as const).map((otherwise) =>
    substitute(expression, otherwise),
  );
  return { target, expressions: [...new Set(readings)] };
}

/** What a variable stands for whose place does not tell: a part of the query may be switched off by one. */
type Otherwise = 'name' | 'number' | 'nothing' | 'operator';

/** `$name`, `${name}`, `${name:regex}`, `[[name]]`; in texts they stay. */
const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\$\{[^}]*\}|\$\w+|\[\[\w+(?::\w+)?\]\]/g;

function substitute(expression: string, otherwise: Otherwise): string {
  return expression.replaceAll(token, (found: string, offset: number) => {
    if (/^["'`]/.test(found)) return found;
    return standIn(found, expression.slice(0, offset), expression.slice(offset + found.length), otherwise);
  });
}

const durations = /^\W*(?:__rate_interval|__interval|__range|interval|resolution|range|window|step)\W*$/i;
const numbers = /^\W*(?:__interval_ms|__range_s|__range_ms|__from|__to)\W*$/;

function standIn(found: string, before: string, after: string, otherwise: Otherwise): string {
  if (/\[[^\]]*$/.test(before) || /offset\s*$/.test(before)) {
    if (/^[smhdwy]/.test(after)) return '5'.padStart(found.length, '0');
    return filled(/\d\s*$/.test(before) ? 'm' : '5m', found);
  }
  if (durations.test(found) && /^\s*[\]:]/.test(after)) return filled('5m', found);
  if (/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*$/i.test(before)) return 'x'.repeat(found.length);
  if (numbers.test(found) || (numberFirst.test(before) && /^\s*,/.test(after))) return filled('1', found);
  if (/\w$/.test(before) || /^\w/.test(after) || /^\s*\{/.test(after)) return 'x'.repeat(found.length);
  if (otherwise === 'name') return 'x'.repeat(found.length);
  return filled(standIns[otherwise], found);
}

const standIns = { number: '1', nothing: '', operator: 'or' } as const;

/** What takes a number and then a vector: `topk($k, ...)`. */
const numberFirst =
  /\b(?:topk|bottomk|quantile|limitk|limit_ratio|histogram_quantile|quantile_over_time)\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(\s*$/i;

/** As long as what it stands for, so that places in it are places in the panel. */
function filled(text: string, found: string): string {
  return text.padEnd(found.length);
}
