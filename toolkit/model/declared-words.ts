import type { SourceSpan } from '../diagnostics/index.ts';
import { parseDay } from './day.ts';
import { parseDuration } from './duration.ts';
import type { JsonValue } from './json.ts';
import { alertSeverities, criticalities, tierIds } from './organisation.ts';
import { isSecretReference } from './secret.ts';
import { andOthers, fieldsOf, matching, oneOf, someText, type ValueShape, value } from './shape.ts';
import type { WaiverTerms } from './stack.ts';
import type { BilingualText } from './text.ts';

// Shapes of single fields that content declares. What only fits together or not is checked by the compilers.

const isDuration = (given: unknown) => typeof given === 'string' && parseDuration(given) !== null;
export const duration = value('a duration as Prometheus writes it, such as 30s, 5m, 1h30m', isDuration);
const isDay = (given: unknown) => typeof given === 'string' && parseDay(given) !== null;
export const dayOfCalendar = value('a day such as 2027-03-31', isDay);
const isSecret = (given: unknown) => isSecretReference(given as JsonValue);
const isUrl = (given: unknown) => typeof given === 'string' && /^https?:\/\/[^\s/]+/.test(given);
/** Whoever has such an address may often call it, so a wrong one is not repeated. */
export const urlOrSecret: ValueShape = {
  ...value(
    'a URL that begins with http:// or https://, or a reference to a secret',
    (given) => isUrl(given) || isSecret(given),
  ),
  isConfidential: true,
};
export const stackName = matching(
  'a name of lower-case letters, digits and dashes, such as plant-1',
  /^[a-z0-9][a-z0-9-]*$/,
);
export const bilingual = fieldsOf<BilingualText>({ en: someText, zh: someText }, 'a text in two languages: { en, zh }');
export const tierId = oneOf(tierIds);
export const severity = oneOf(alertSeverities);
export const criticality = oneOf(criticalities);

/** Recorded by our own calls. */
export const source = andOthers(fieldsOf<Pick<SourceSpan, 'file'>>({ file: someText }));
export const dashedWords = matching('lower-case words with dashes, such as plant-floor', /^[a-z0-9]+(-[a-z0-9]+)*$/);
const isShare = (given: unknown) => typeof given === 'number' && given > 0 && given < 1;
export const share = value('a share above 0 and below 1, such as 0.999', isShare);
const isPositive = (given: unknown) => Number.isFinite(given) && Number(given) > 0;
export const positiveNumber = value('a number above 0', isPositive);
const isSpan = (given: unknown) => typeof given === 'string' && (parseDuration(given) ?? 0) > 0;
export const timeSpan = value('a duration above zero, such as 5m, 1h, 30d', isSpan);

export const terms = fieldsOf<WaiverTerms>(
  { reason: someText, approver: someText, until: dayOfCalendar },
  'terms: { reason, approver, until }',
);

const knownZones = new Map<string, boolean>();

/** A name of the time zone database, as Alertmanager knows it too: an offset such as `+08:00` is none, and case counts. */
export const timeZone = value(
  'a time zone such as Asia/Shanghai',
  (given) => typeof given === 'string' && knownZones.getOrInsertComputed(given, isZone),
);

function isZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
