import { pointerTo } from '../../diagnostics/index.ts';
import type { Check, PlacedProblem } from '../check.ts';
import type { SilenceFile } from '../lint-input.ts';
import { isMapping, listOf, textOf } from '../read/fields.ts';

const longestDays = 30;
const msPerDay = 86_400_000;

export const check: Check = {
  code: 'silence-careless',
  about: 'everything',
  severity: 'warning',
  summary: 'Silence without owner, reason or near end',
  why: 'Nobody dares to lift it, and the next fault that it covers is not told to anybody.',
  hint: 'Say who set it and why, end it within 30 days, and match one alert or place.',
  bad: '[{"matchers": [{"name": "alertname", "value": ".*", "isRegex": true}], "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2036-01-01T00:00:00Z", "createdBy": "", "comment": ""}]',
  good: '[{"matchers": [{"name": "alertname", "value": "DiskFull", "isRegex": false}, {"name": "site", "value": "plant-1", "isRegex": false}], "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2026-01-02T00:00:00Z", "createdBy": "zhang", "comment": "CHG-17: the disk is being replaced"}]',
  judge: ({ input }) => input.silences.flatMap(judgeSilences),
};

function judgeSilences(place: SilenceFile): readonly PlacedProblem[] {
  return place.value.flatMap((silence, index) => {
    if (!isMapping(silence)) return [];
    const faults = [
      ...(textOf(silence.createdBy).trim() === '' ? ['nobody is named as its owner'] : []),
      ...(textOf(silence.comment).trim() === '' ? ['it gives no reason'] : []),
      ...endOf(textOf(silence.startsAt), textOf(silence.endsAt)),
      ...(listOf(silence.matchers).every(isWide) ? ['it matches every alert'] : []),
    ];
    return faults.length === 0
      ? []
      : [{ place, text: `The silence is careless: ${faults.join(', ')}.`, pointer: pointerTo('', String(index)) }];
  });
}

function endOf(startsAt: string, endsAt: string): readonly string[] {
  const days = (Date.parse(endsAt) - Date.parse(startsAt)) / msPerDay;
  return days > longestDays ? [`it lasts ${Math.round(days)} days`] : [];
}

function isWide(matcher: unknown): boolean {
  const { value, isRegex } = matcher as { readonly value?: unknown; readonly isRegex?: unknown };
  return isRegex === true && (value === '.*' || value === '.+');
}
