import { checkPattern } from '../promql/check-pattern.ts';
import type { RoutingFinding } from './finding.ts';
import type { LabelSet } from './label-set.ts';
import { type Matcher, type MatchOperator, makeMatcher, matchesAll, printMatcher } from './matchers.ts';
import { type FieldTable, type Mapping, pointerOf, type Reading, readMapping, report, textOf } from './read-fields.ts';
import { readMatchers } from './read-matchers.ts';
import { type AlertmanagerRelease, debianRelease } from './release.ts';

/** Alerts that are not told for a time, as something that is reviewed: whose it is, why, and for which change. */
export interface Silence {
  readonly pointer: string;
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly owner: string;
  readonly reason: string;
  readonly changeId: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

export interface ParsedSilence {
  readonly silence: Silence;
  readonly findings: readonly RoutingFinding[];
}

const silenceFields: FieldTable = { always: ['id', 'matchers', 'owner', 'reason', 'changeId', 'startsAt', 'endsAt'] };

/** Reads a silence that is written as data: matchers as in routes, times as `2026-11-21T22:00:00+08:00`. */
export function parseSilence(
  value: unknown,
  pointer = '',
  release: AlertmanagerRelease = debianRelease,
): ParsedSilence {
  const reading: Reading = { release, findings: [] };
  const mapping = readMapping({ pointer, value }, reading, silenceFields);
  const silence: Silence = {
    pointer,
    id: textOf(mapping, 'id'),
    matchers: readMatchers(mapping, ''),
    owner: required(mapping, 'owner', 'who answers for it'),
    reason: required(mapping, 'reason', 'why nobody needs to hear of these alerts'),
    changeId: required(mapping, 'changeId', 'the change or ticket that it belongs to'),
    startsAtMs: momentOf(mapping, 'startsAt'),
    endsAtMs: momentOf(mapping, 'endsAt'),
  };
  checkSilence(silence, mapping);
  return { silence, findings: reading.findings };
}

function required(mapping: Mapping, name: string, expected: string): string {
  const text = textOf(mapping, name).trim();
  if (text === '')
    report(mapping.reading, { code: 'missing', pointer: mapping.pointer, text: `A silence needs ${name}.`, expected });
  return text;
}

/** The start of time where there is none that can be read, so that such a silence silences nothing. */
function momentOf(mapping: Mapping, name: string): number {
  const text = required(mapping, name, 'a moment such as 2026-11-21T22:00:00+08:00');
  if (text === '') return 0;
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    const sentence = `${JSON.stringify(text)} is no moment.`;
    const expected = 'a moment with its offset, such as 2026-11-21T22:00:00+08:00';
    report(mapping.reading, { code: 'silence', pointer: pointerOf(mapping, name), text: sentence, expected });
    return 0;
  }
}

function checkSilence({ matchers, startsAtMs, endsAtMs }: Silence, mapping: Mapping): void {
  const { reading } = mapping;
  const pointer = pointerOf(mapping, 'matchers');
  for (const { operator, value } of matchers) {
    // Alertmanager checks these patterns without the anchors that it then puts around them.
    const checked = operator.endsWith('~') ? checkPattern(value, reading.release === '0.25') : null;
    if (checked?.kind === 'invalid') {
      const text = `${JSON.stringify(value)} is no pattern of RE2: ${checked.reason}.`;
      report(reading, { code: 'matcher', pointer, text });
    }
  }
  if (matchers.every(({ accepts }) => accepts(''))) {
    const text = 'This silences every alert that lacks these labels.';
    const expected = 'at least one matcher that does not accept the empty text';
    // Alertmanager looks only at matchers that are not negative.
    const isRefused = matchers.every(({ operator }) => operator.startsWith('='));
    report(reading, { code: 'silence', weight: isRefused ? 'refused' : 'doubtful', pointer, text, expected });
  }
  if (endsAtMs !== 0 && endsAtMs <= startsAtMs)
    report(reading, { code: 'silence', pointer: pointerOf(mapping, 'endsAt'), text: 'It ends before it begins.' });
}

export function silenceStateAt({ startsAtMs, endsAtMs }: Silence, atMs: number): 'pending' | 'active' | 'expired' {
  if (atMs < startsAtMs) return 'pending';
  return atMs > endsAtMs ? 'expired' : 'active';
}

export function isSilencedBy(silence: Silence, labels: LabelSet, atMs: number): boolean {
  return silenceStateAt(silence, atMs) === 'active' && matchesAll(silence.matchers, labels);
}

/** The change that a silence belongs to: when it runs, and which alerts it may set off. */
export interface ChangeScope {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly affects: (labels: LabelSet) => boolean;
}

export interface SilenceExcess {
  /** How long it silences before the change begins and after it ends. */
  readonly earlyMs: number;
  readonly lateMs: number;
  /** Alerts that it silences and the change cannot set off. */
  readonly beyond: readonly LabelSet[];
}

/** In what a silence is wider than its change; alerts are those that could fire at all. */
export function silenceExcess(silence: Silence, change: ChangeScope, alerts: readonly LabelSet[]): SilenceExcess {
  return {
    earlyMs: Math.max(0, change.startsAtMs - silence.startsAtMs),
    lateMs: Math.max(0, silence.endsAtMs - change.endsAtMs),
    beyond: alerts.filter((labels) => matchesAll(silence.matchers, labels) && !change.affects(labels)),
  };
}

/** What POST /api/v2/silences takes. Alertmanager has no field for the change, so that stands in the comment. */
export interface ApiSilence {
  readonly id?: string;
  readonly matchers: readonly ApiMatcher[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface ApiMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export function toApiSilence(silence: Silence): ApiSilence {
  return {
    matchers: silence.matchers.map(({ label, operator, value }) => ({
      name: label,
      value,
      isRegex: operator.endsWith('~'),
      isEqual: operator.startsWith('='),
    })),
    startsAt: new Date(silence.startsAtMs).toISOString(),
    endsAt: new Date(silence.endsAtMs).toISOString(),
    createdBy: silence.owner,
    comment: `${silence.changeId}: ${silence.reason}`,
  };
}

/** One that Alertmanager lists, for the simulator; the change stands before the colon of the comment. */
export function fromApiSilence(
  { id = '', matchers, startsAt, endsAt, createdBy, comment }: ApiSilence,
  release: AlertmanagerRelease = debianRelease,
): Silence {
  const [, changeId = '', reason = comment] = /^(\S+): (.*)$/s.exec(comment) ?? [];
  return {
    pointer: '',
    id,
    matchers: matchers.flatMap(({ name, value, isRegex, isEqual }) => {
      const made = makeMatcher(name, operatorOf(isEqual, isRegex), value, release);
      return made.kind === 'matcher' ? [made.matcher] : [];
    }),
    owner: createdBy,
    reason,
    changeId,
    startsAtMs: Date.parse(startsAt),
    endsAtMs: Date.parse(endsAt),
  };
}

/** `severity="critical"` */
export function printApiMatcher({ name, value, isRegex, isEqual }: ApiMatcher): string {
  return printMatcher({ label: name, operator: operatorOf(isEqual, isRegex), value });
}

function operatorOf(isEqual: boolean, isRegex: boolean): MatchOperator {
  if (isRegex) return isEqual ? '=~' : '!~';
  return isEqual ? '=' : '!=';
}
