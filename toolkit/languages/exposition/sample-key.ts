/** One spelling of a series, so that two can be compared: `up{instance="a",job="b"}`, labels sorted. */
export function sampleKey(name: string, labels: Readonly<Record<string, string>>): string {
  const sorted = Object.keys(labels).sort();
  if (sorted.length === 0) return name;
  return `${name}{${sorted.map((label) => `${label}=${quote(labels[label] ?? '')}`).join(',')}}`;
}

function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`;
}
