import type { ApplyEvent } from '../../toolkit/engine/engine.ts';

/** A target is looked at several times a second: only what is new of it is worth an event. */
export function withoutRepeats(): (event: ApplyEvent) => boolean {
  const last = new Map<string, string>();
  return (event) => {
    if (event.kind !== 'waiting-for-health') return true;
    const key = `${event.stack}/${event.target}`;
    const isNew = last.get(key) !== event.message;
    last.set(key, event.message);
    return isNew;
  };
}
