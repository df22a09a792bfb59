import { namedIntervalFields, timeIntervalFields, timeRangeFields } from './known-fields.ts';
import {
  type Entry,
  fieldOf,
  listOf,
  type Mapping,
  pointerOf,
  type Reading,
  readMapping,
  report,
  textOf,
  textsOf,
} from './read-fields.ts';
import type { MinuteRange, NamedTimeInterval, NumberRange, TimeInterval } from './time-intervals.ts';

type Section = NamedTimeInterval['section'];

/** Reads `time_intervals` and the older `mute_time_intervals`, which share their names. */
export function readTimeIntervals(config: Mapping): readonly NamedTimeInterval[] {
  const sections: readonly Section[] = ['mute_time_intervals', 'time_intervals'];
  const intervals = sections.flatMap((section) =>
    (listOf(config, section) ?? []).map((entry) => readNamed(entry, section, config.reading)),
  );
  if (fieldOf(config, 'mute_time_intervals') !== null) {
    report(config.reading, {
      code: 'deprecated-field',
      weight: 'doubtful',
      at: 'key',
      pointer: pointerOf(config, 'mute_time_intervals'),
      text: 'mute_time_intervals is the older name of this section, and is going to be removed from Alertmanager.',
      expected: 'time_intervals',
    });
  }
  return intervals;
}

function readNamed(entry: Entry, section: Section, reading: Reading): NamedTimeInterval {
  const mapping = readMapping(entry, reading, namedIntervalFields);
  const name = textOf(mapping, 'name');
  if (name === '')
    report(reading, {
      code: 'missing',
      pointer: entry.pointer,
      text: 'A time interval needs a name.',
      expected: 'name',
    });
  const intervals = (listOf(mapping, 'time_intervals') ?? []).map((inner) => readInterval(inner, reading));
  if (intervals.length === 0)
    report(reading, {
      code: 'never',
      weight: 'doubtful',
      pointer: entry.pointer,
      text: `No moment lies in ${name}: it holds no interval.`,
    });
  return { pointer: entry.pointer, name, section, intervals };
}

function readInterval(entry: Entry, reading: Reading): TimeInterval {
  const mapping = readMapping(entry, reading, timeIntervalFields);
  return {
    times: readTimes(mapping),
    weekdays: readRanges(mapping, 'weekdays', weekday, isOrdered),
    daysOfMonth: readRanges(mapping, 'days_of_month', integer, isDayRange),
    months: readRanges(mapping, 'months', month, isOrdered),
    years: readRanges(mapping, 'years', integer, isOrdered),
    zone: readZone(mapping),
  };
}

function readTimes(mapping: Mapping): readonly MinuteRange[] | null {
  const entries = listOf(mapping, 'times');
  if (entries === null) return null;
  if (entries.length === 0) reportNever(mapping, 'times');
  return entries.flatMap((entry) => {
    const range = readMapping(entry, mapping.reading, timeRangeFields);
    const [start, end] = [minuteOf(textOf(range, 'start_time')), minuteOf(textOf(range, 'end_time'))];
    if (start !== null && end !== null && start < end) return { start, end };
    const expected = 'start_time and a later end_time, such as 08:00 and 24:00; a night is two ranges';
    const text = 'These times are no range inside one day.';
    report(mapping.reading, { code: 'time-range', pointer: entry.pointer, text, expected });
    return [];
  });
}

function minuteOf(text: string): number | null {
  const match = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/.exec(text);
  if (match === null) return null;
  return Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4]);
}

const forms: Readonly<Record<string, string>> = {
  weekdays: 'days from Sunday to Saturday, such as monday:friday or sunday',
  days_of_month: 'days from 1 to 31, or from -31 to -1 as counted from the end, such as 1:5 or -3:-1',
  months: 'months from January to December, such as may:august or 5:8',
  years: 'years, such as 2026 or 2026:2028',
};

function readRanges(
  mapping: Mapping,
  name: string,
  member: (text: string) => number | null,
  isRange: (range: NumberRange) => boolean,
): readonly NumberRange[] | null {
  const entries = textsOf(mapping, name);
  if (entries?.length === 0) reportNever(mapping, name);
  return (
    entries?.flatMap(({ value, pointer }) => {
      const parts = value.toLowerCase().split(':');
      const [begin, end] = [member(parts[0] ?? ''), member(parts.at(-1) ?? '')];
      if (parts.length <= 2 && begin !== null && end !== null && isRange({ begin, end })) return { begin, end };
      const expected = forms[name] ?? '';
      const text = `${JSON.stringify(value)} is no range of ${name.replaceAll('_', ' ')}.`;
      report(mapping.reading, { code: 'time-range', pointer, text, expected });
      return [];
    }) ?? null
  );
}

function reportNever(mapping: Mapping, name: string): void {
  const text = `An empty list of ${name} holds never, and so does the whole interval.`;
  report(mapping.reading, { code: 'never', weight: 'doubtful', pointer: pointerOf(mapping, name), text });
}

function isOrdered({ begin, end }: NumberRange): boolean {
  return begin <= end;
}

/** Days counted from the end cannot be compared with the others in every month; 28 days are those of all months. */
function isDayRange({ begin, end }: NumberRange): boolean {
  const isDay = (day: number) => day !== 0 && Math.abs(day) <= 31;
  if (!isDay(begin) || !isDay(end) || (begin < 0 && end > 0)) return false;
  const counted = (day: number) => (day < 0 ? 28 + day : day);
  return counted(begin) <= counted(end);
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

function weekday(text: string): number | null {
  const index = weekdays.indexOf(text);
  return index < 0 ? null : index;
}

function month(text: string): number | null {
  const index = months.indexOf(text);
  return index < 0 ? integer(text) : index + 1;
}

function integer(text: string): number | null {
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : null;
}

function readZone(mapping: Mapping): string {
  const zone = textOf(mapping, 'location');
  if (zone === '' || zone === 'UTC') return 'UTC';
  const pointer = pointerOf(mapping, 'location');
  if (zone === 'Local') {
    const text = 'Local is the zone of the machine that Alertmanager runs on; UTC is assumed here.';
    report(mapping.reading, { code: 'time-zone', weight: 'doubtful', pointer, text, expected: 'a zone by name' });
    return 'UTC';
  }
  if (isZone(zone)) return zone;
  const text = `${JSON.stringify(zone)} is no time zone of the IANA database.`;
  report(mapping.reading, { code: 'time-zone', pointer, text, expected: 'a name such as Asia/Shanghai' });
  return 'UTC';
}

/** Go finds zones as files, so their names have their case, and offsets are none. */
function isZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId === name;
  } catch {
    return false;
  }
}
