import type { AppliedResource, JsonObject, Observation, ResourceTypeDefinition } from '../../model/index.ts';
import type { Found, Intent } from '../journal/journal-entry.ts';
import { matchesRecord } from './matches-record.ts';

/**
 * What a look found, at the place of the object after the change and at its place before. Often they are one, seen with
 * the secret references of either side.
 */
export interface Sighting {
  readonly atIntended: Observation;
  readonly atFormer: Observation;
}

export interface OutcomeQuestion {
  readonly intent: Intent;
  /** What the state records of the object from before the change. */
  readonly former: AppliedResource | null;
  readonly sighting: Sighting;
  readonly salt: string;
  readonly type: ResourceTypeDefinition;
}

/**
 * Which side of an intent is there now; null when it is neither, and only a person can tell.
 *
 *     there                  create, adopt   update      replace     delete
 *     as intended            intended        intended    intended    (absent) intended
 *     as before              former          former      former      former
 *     nothing                former          former      absent      intended
 *     anything else          null            null        null        null
 *
 * An update that finds nothing was not carried out, whoever took the object away: the next plan sees it as vanished.
 */
export function decideOutcome(question: OutcomeQuestion): Found | null {
  const { intent, sighting } = question;
  if (intent.intended === null)
    return sighting.atFormer.state === 'absent' ? 'intended' : formerIfAsBefore(question, sighting.atFormer);
  if (isAsRecorded(question, sighting.atIntended, intent.intended))
    return intent.action === 'replace' && standsBeside(question, intent.intended) ? 'former' : 'intended';
  if (intent.action !== 'replace')
    return sighting.atFormer.state === 'absent' ? 'former' : formerIfAsBefore(question, sighting.atFormer);
  // A replace takes the former object away first. While that stands, nothing was done, whatever is at the new place.
  return sighting.atFormer.state === 'absent' ? 'absent' : formerIfAsBefore(question, sighting.atFormer);
}

/**
 * True when the former object of a replace is still there, in another place than the new one. The record then stays with
 * the former one, which nobody would know of otherwise; the new one is declared, and the next plan finds it in place.
 */
function standsBeside(question: OutcomeQuestion, intended: AppliedResource): boolean {
  const { atFormer } = question.sighting;
  if (question.former !== null && question.type.isSamePlace?.(question.former.spec, intended.spec)) return false;
  return atFormer.state !== 'absent' && !isAsRecorded(question, atFormer, intended);
}

function formerIfAsBefore(question: OutcomeQuestion, seen: Observation): Found | null {
  const { intent, former } = question;
  if (seen.state === 'malformed') return intent.before.state === 'malformed' ? 'former' : null;
  if (former !== null && isAsRecorded(question, seen, former)) return 'former';
  const { before } = intent;
  return before.state === 'present' && isSpec(question, seen, before.spec, former?.secrets ?? {}) ? 'former' : null;
}

function isAsRecorded(question: OutcomeQuestion, seen: Observation, record: AppliedResource): boolean {
  return isSpec(question, seen, record.spec, record.secrets);
}

function isSpec(
  { type, salt }: OutcomeQuestion,
  seen: Observation,
  spec: JsonObject,
  digests: Readonly<Record<string, string>>,
): boolean {
  return seen.state === 'present' && matchesRecord(type.canonical(seen.spec), type.canonical(spec), { salt, digests });
}
