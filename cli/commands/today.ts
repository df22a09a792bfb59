/** The day as waivers and policies know it: `2027-03-31`, in UTC, so that every site judges alike. */
export function today(now: Date): string {
  return now.toISOString().slice(0, 10);
}
