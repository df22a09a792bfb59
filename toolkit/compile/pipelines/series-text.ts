/** `http_requests_total{code="200"}`, labels by name; empty ones are none. */
export function printSeries(name: string, labels: Readonly<Record<string, string>>): string {
  const printed = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return printed.length === 0 ? name : `${name}{${printed.join(',')}}`;
}

/** Reads what `printSeries` writes, and what an exporter or an author does; null: it is no series. */
export function readSeries(
  text: string,
): { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number | null } | null {
  const match = /^([a-zA-Z_:][\w:]*)\s*(?:\{(.*)\})?(?:\s+(\S+)(?:\s+-?\d+)?)?\s*$/.exec(text);
  if (match === null) return null;
  const [, name = '', inside = '', value] = match;
  const pairs = [...inside.matchAll(/\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/g)];
  if (pairs.map(([pair]) => pair).join('') !== inside) return null;
  const labels = Object.fromEntries(pairs.map(([, label = '', raw = '']) => [label, plainText(raw)]));
  return { name, labels, value: value === undefined ? null : Number(value.replace('+Inf', 'Infinity')) };
}

function plainText(raw: string): string {
  return raw.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}
