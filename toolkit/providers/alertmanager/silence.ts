import type { Diagnostic } from '../../diagnostics/index.ts';
import type { ApiMatcher, ApiSilence } from '../../languages/alert-routing/index.ts';
import { isJsonObject, type JsonObject, type JsonValue, type NeededSetting, type Resource } from '../../model/index.ts';
import { badSpec } from './config.ts';

/**
 * A silence as a resource: `{ id, matchers, startsAt?, endsAt, owner, reason, change }`. Alertmanager keeps silences itself
 * and gives them ids of its own, so ours stands at the end of the comment: by it a silence is found again, after a restart
 * of Alertmanager or of a run that was cut off, and never made twice.
 */
export const silenceType = 'alertmanager-silence';

export const silenceNeeds: NeededSetting = {
  setting: 'url',
  because: 'Alertmanager keeps silences itself, and is asked for them there.',
  line: 'url: http://alertmanager.example:9093',
};

export interface LiveSilence extends ApiSilence {
  readonly id: string;
  readonly updatedAt: string;
  readonly state: 'pending' | 'active' | 'expired';
}

export function canonicalSilence(spec: JsonObject): JsonObject {
  const { matchers, startsAt, endsAt, ...rest } = spec;
  return {
    ...rest,
    matchers: sortedMatchers(matchers),
    ...(startsAt === undefined ? {} : { startsAt: moment(startsAt) }),
    endsAt: moment(endsAt),
  };
}

export function validateSilence(resource: Resource): readonly Diagnostic[] {
  const { matchers, startsAt, endsAt } = resource.spec;
  const texts = ['id', 'owner', 'reason', 'change'].filter((field) => !isText(resource.spec[field]));
  const times = [
    ...(startsAt === undefined || isMoment(startsAt) ? [] : ['startsAt']),
    ...(isMoment(endsAt) ? [] : ['endsAt']),
  ];
  return [
    ...texts.map((field) => badSpec(resource, `/${field}`, 'a text')),
    ...times.map((field) => badSpec(resource, `/${field}`, 'a moment such as 2026-11-21T22:00:00Z')),
    ...(Array.isArray(matchers) && matchers.length > 0 && matchers.every(isMatcher)
      ? []
      : [badSpec(resource, '/matchers', 'a list of { name, value, isRegex, isEqual }')]),
  ];
}

/** Whether its time is over: it silences nothing any more, and there is nothing to be made. */
export function isOver(spec: JsonObject, nowMs: number): boolean {
  return Date.parse(String(spec.endsAt)) <= nowMs;
}

export function idOf(spec: JsonObject): string {
  return String(spec.id);
}

/** The id of ours in a comment; null for a silence that was made by hand. */
export function markedId(comment: string): string | null {
  return /\[opsctl (\S+)\]$/.exec(comment)?.[1] ?? null;
}

/** What it says, as it is declared. A start that is over is the declared one, because Alertmanager begins none in the past. */
export function silenceSpec(live: LiveSilence, known: JsonObject, nowMs: number): JsonObject {
  const [, change = '', reason = live.comment] = /^(\S+): (.*)$/s.exec(withoutMark(live.comment)) ?? [];
  return canonicalSilence({
    id: idOf(known),
    matchers: live.matchers as unknown as JsonValue,
    ...startOf(live, known, nowMs),
    endsAt: live.endsAt,
    owner: live.createdBy,
    reason: change === '' ? withoutMark(live.comment) : reason,
    change,
  });
}

/** What is sent to Alertmanager; `live` is the one that it changes. */
export function apiSilence(spec: JsonObject, live: LiveSilence | null, nowMs: number): ApiSilence {
  const { matchers, startsAt, endsAt, owner, reason, change } = canonicalSilence(spec);
  const wanted = startsAt === undefined ? nowMs : Date.parse(String(startsAt));
  const hasBegun = live !== null && live.state === 'active' && wanted <= nowMs;
  // Alertmanager changes one in place only when the matchers come in the order that it has.
  const isSame = live !== null && hasMatchers(live, spec);
  return {
    ...(live === null ? {} : { id: live.id }),
    matchers: isSame ? live.matchers : (matchers as unknown as readonly ApiMatcher[]),
    startsAt: hasBegun ? live.startsAt : new Date(wanted).toISOString(),
    endsAt: String(endsAt),
    createdBy: String(owner),
    comment: `${String(change)}: ${String(reason)} [opsctl ${idOf(spec)}]`,
  };
}

export function hasMatchers(live: LiveSilence, spec: JsonObject): boolean {
  return (
    JSON.stringify(sortedMatchers(live.matchers as unknown as JsonValue)) ===
    JSON.stringify(sortedMatchers(spec.matchers))
  );
}

function startOf(live: LiveSilence, known: JsonObject, nowMs: number): JsonObject {
  const hasBegun = Date.parse(live.startsAt) <= nowMs;
  if (known.startsAt === undefined) return hasBegun ? {} : { startsAt: live.startsAt };
  const isDue = Date.parse(String(known.startsAt)) <= nowMs;
  return { startsAt: hasBegun && isDue ? known.startsAt : live.startsAt };
}

function withoutMark(comment: string): string {
  return comment.replace(/ ?\[opsctl \S+\]$/, '');
}

function sortedMatchers(matchers: JsonValue | undefined): JsonValue {
  if (!Array.isArray(matchers)) return [];
  const plain = matchers.map((matcher) => {
    const { name = '', value = '', isRegex = false, isEqual = true } = isJsonObject(matcher) ? matcher : {};
    return { name, value, isRegex, isEqual };
  });
  return plain
    .map((matcher) => ({ matcher, key: JSON.stringify(matcher) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ matcher }) => matcher);
}

function moment(value: JsonValue | undefined): JsonValue {
  return isMoment(value) ? new Date(String(value)).toISOString() : (value ?? null);
}

function isMoment(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isMatcher(value: JsonValue): boolean {
  return isJsonObject(value) && isText(value.name) && typeof value.value === 'string';
}
