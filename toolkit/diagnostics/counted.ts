/** A count with its noun, for people: `1 finding`, `12,000 findings`; `counted(2, 'entry', 'entries')` is `2 entries`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${groupThousands(count)} ${count === 1 ? noun : plural}`;
}

/** With a comma between thousands whatever the locale of the machine: the same result is the same text. */
export function groupThousands(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
