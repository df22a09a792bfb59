import type { Calendar } from '../model/index.ts';

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Whether a moment lies in the hours of a calendar. */
export function isInHours({ hours, timeZone }: Calendar, atMs: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  const minute = local.hour * 60 + local.minute;
  return hours.some(
    ({ weekdays, from, to }) =>
      weekdays.some((range) => holdsDay(range, local.dayOfWeek - 1)) &&
      minuteOf(from) <= minute &&
      minute < minuteOf(to),
  );
}

/** `friday:monday` goes over the end of the week. */
function holdsDay(range: string, day: number): boolean {
  const [from = '', to = from] = range.split(':');
  const [first, last] = [days.indexOf(from), days.indexOf(to)];
  return first <= last ? first <= day && day <= last : day >= first || day <= last;
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
