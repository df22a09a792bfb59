import type { Signal } from 'opsctl';

type Unit = Signal['unit'];

/** What is so (1) or not (0). */
export function stateOf(en: string, zh: string) {
  return { title: { en, zh }, unit: 'boolean', direction: 'state' } as const;
}

/** What is trouble when there is much of it. */
export function highIsBad(unit: Unit, en: string, zh: string) {
  return { title: { en, zh }, unit, direction: 'high-is-bad' } as const;
}

/** What is trouble when there is little of it. */
export function lowIsBad(unit: Unit, en: string, zh: string) {
  return { title: { en, zh }, unit, direction: 'low-is-bad' } as const;
}
