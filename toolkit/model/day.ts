const msPerDay = 86_400_000;

/** Days since 1970-01-01 of a day such as `2027-03-31`; null when the text names no day of the calendar. */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Some engines take February 30 for March 2.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return null;
  return ms / msPerDay;
}
