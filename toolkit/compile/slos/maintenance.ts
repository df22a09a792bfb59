import type { Calendar, CalendarHours, Slo } from '../../model/index.ts';
import { localTime, zoneOffset } from '../local-time.ts';
import { matchersOf, printSelector } from './counters.ts';

/** PromQL that gives a series while maintenance is done; null: nothing is excluded. */
export function maintenance({ excludes = [] }: Slo, calendars: readonly Calendar[]): string | null {
  const times = excludes.flatMap((exclusion) => {
    if ('series' in exclusion) return [`${printSelector(exclusion.series.metric, matchersOf(exclusion.series))} > 0`];
    const calendar = calendars.find(({ id }) => id === exclusion.calendar);
    return calendar === undefined ? [] : hoursOf(calendar);
  });
  return times.length === 0 ? null : times.join(' or ');
}

/** `hour(...) * 60 + minute(...) >= 120 < 240 and day_of_week(...) == 6`, one for each stretch. */
function hoursOf({ hours, timeZone }: Calendar): readonly string[] {
  const now = localTime(zoneOffset(timeZone)?.seconds ?? 0);
  return hours.flatMap(({ weekdays, from, to }: CalendarHours) =>
    weekdays.flatMap((days) =>
      dayRanges(days).map(([first, last]) => {
        const minute = `hour(${now}) * 60 + minute(${now}) >= ${minuteOfDay(from)} < ${minuteOfDay(to)}`;
        const day = `day_of_week(${now})`;
        return `${minute} and ${first === last ? `${day} == ${first}` : `${day} >= ${first} <= ${last}`}`;
      }),
    ),
  );
}

const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `friday:monday` goes over the end of the week, which is two stretches to PromQL. */
function dayRanges(days: string): readonly (readonly [number, number])[] {
  const [from = '', to = from] = days.split(':');
  const [first, last] = [week.indexOf(from), week.indexOf(to)];
  if (first <= last) return [[first, last]];
  return [
    [first, 6],
    [0, last],
  ];
}

function minuteOfDay(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
