/** One line of `opsctl doctor`. A `warning` keeps nothing from working. */
export interface Check {
  readonly name: string;
  /** `not-asked`: there is nobody to ask, so nothing is known. */
  readonly status: 'ok' | 'not-asked' | 'warning' | 'problem';
  readonly detail: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

export function ok(name: string, detail: string): Check {
  return { name, status: 'ok', detail, remedy: null };
}
