/** The matcher of a label that is one of these values, in as few words as it takes: `item="a"`, `item=~"a|b"`. */
export function labelAmong(label: string, values: readonly string[]): string {
  const [first, ...others] = values;
  if (first !== undefined && others.length === 0) return `${label}=${JSON.stringify(first)}`;
  const pattern = values.map((value) => value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return `${label}=~${JSON.stringify(pattern)}`;
}
