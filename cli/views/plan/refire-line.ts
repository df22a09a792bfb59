import { counted } from '../../../toolkit/diagnostics/index.ts';
import { printDuration } from '../../../toolkit/model/index.ts';
import type { Refire } from '../../../toolkit/operate/index.ts';

const namesShown = 5;

/** One line of what to read first: what the people on duty would be told that is not so. */
export function refireLine({ stack, alert, state, effect, because, forMs, alerts }: Refire): string {
  const isOne = alerts.length === 1;
  const names = [
    ...new Set(alerts.map(({ labels }) => labels.item ?? labels.instance ?? '').filter((name) => name !== '')),
  ];
  const shown = names.sort().slice(0, namesShown).join(', ');
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  const head = `${stack}: ${counted(alerts.length, `${state} alert`)} ${alert}${shown === '' ? '' : ` (${shown}${more})`}`;
  return `${head} ${whatHappens({ state, effect, forMs }, isOne)}: ${because}.`;
}

function whatHappens({ state, effect, forMs }: Pick<Refire, 'state' | 'effect' | 'forMs'>, isOne: boolean): string {
  switch (effect) {
    case 'ends':
      return `${isOne ? 'ends' : 'end'} though nothing is mended`;
    case 'clears':
      return isOne ? 'ends' : 'end';
    case 'unknown':
      return 'may end or go on, which the server could not tell';
    case 'fires-again':
      return state === 'pending'
        ? `${isOne ? 'begins' : 'begin'} to wait anew`
        : `${isOne ? 'is' : 'are'} told as resolved though nothing is mended, and ${isOne ? 'fires' : 'fire'} again ${waitText(forMs)}`;
    default:
      return effect satisfies never;
  }
}

function waitText(forMs: number | null): string {
  if (forMs === null) return 'after its waiting time';
  return forMs === 0 ? 'at once' : `after ${printDuration(forMs)}`;
}
