import type { CounterSelector, SloWindow } from '../../../model/index.ts';

/** What of an objective is written as content. */
export interface SloSource {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly service: string;
  readonly objective: number;
  readonly window: SloWindow;
  readonly indicator: {
    readonly kind: 'good' | 'bad';
    readonly part: CounterSelector;
    readonly total: CounterSelector;
  };
}

/** `export const checkoutAnswers = defineSlo({ ... });`, as a person would write it. */
export function printSloSource({ id, title, service, objective, window, indicator }: SloSource): string {
  const lines = [
    `export const ${constantName(id)} = defineSlo({`,
    `  id: ${text(id)},`,
    `  title: ${literal(title)},`,
    `  service: items.where({ id: ${text(service)} }),`,
    `  objective: ${objective},`,
    `  window: ${literal(window)},`,
    '  indicator: {',
    `    kind: 'ratio',`,
    `    ${indicator.kind}: ${literal(indicator.part)},`,
    `    total: ${literal(indicator.total)},`,
    '  },',
    '});',
  ];
  return `${lines.join('\n')}\n`;
}

/** A whole file: its import, and one declaration after the other. */
export function printSloFile(sources: readonly string[]): string {
  return ["import { defineSlo, items } from 'opsctl';\n", ...sources].join('\n');
}

/** A name may not begin with a digit, as an id may. */
function constantName(id: string): string {
  const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[a-z]/.test(name) ? `${name}Slo` : `slo${name}`;
}

type Literal = string | { readonly [key: string]: Literal };

function literal(value: object | string): string {
  if (typeof value === 'string') return text(value);
  const fields = Object.entries(value as Readonly<Record<string, Literal>>).map(
    ([key, field]) => `${keyName(key)}: ${literal(field)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

function keyName(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : text(key);
}

/** In single quotes, whatever is inside: it came from a file that somebody else wrote. */
function text(value: string): string {
  const inside = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
