import { parseMatchers } from '../../languages/alert-routing/parse-matchers.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { type FieldTable, objectsIn, textsIn, translateFields } from './field-names.ts';

const routeFields: FieldTable = {
  receiver: 'receiver',
  group_by: 'groupBy',
  group_wait: 'groupWait',
  group_interval: 'groupInterval',
  repeat_interval: 'repeatInterval',
  continue: 'continue',
  mute_time_intervals: 'muteTimeIntervals',
  active_time_intervals: 'activeTimeIntervals',
};

/** A route and those below it in the words of an AlertmanagerConfig, and the fields that it has no words for. */
export function translateRoute(route: JsonObject): { readonly route: JsonObject; readonly unsaid: readonly string[] } {
  const { routes, matchers: _, match: __, match_re: ___, ...fields } = route;
  const said = translateFields(fields, routeFields);
  const matchers = translateMatchers(route, { texts: 'matchers', equal: 'match', pattern: 'match_re' });
  const below = objectsIn(routes).map(translateRoute);
  return {
    route: {
      ...said.object,
      ...(matchers.length === 0 ? {} : { matchers }),
      ...(below.length === 0 ? {} : { routes: below.map((child) => child.route) }),
    },
    unsaid: [...said.unsaid, ...below.flatMap(({ unsaid }) => unsaid)],
  };
}

export function translateInhibition(rule: JsonObject): JsonObject {
  return {
    sourceMatch: translateMatchers(rule, {
      texts: 'source_matchers',
      equal: 'source_match',
      pattern: 'source_match_re',
    }),
    targetMatch: translateMatchers(rule, {
      texts: 'target_matchers',
      equal: 'target_match',
      pattern: 'target_match_re',
    }),
    ...(rule.equal === undefined ? {} : { equal: rule.equal }),
  };
}

interface MatcherFields {
  readonly texts: string;
  readonly equal: string;
  readonly pattern: string;
}

/** Alertmanager has three spellings of a matcher; the operator has one. */
function translateMatchers(fields: JsonObject, { texts, equal, pattern }: MatcherFields): readonly JsonObject[] {
  const old = (value: JsonValue | undefined, matchType: string) =>
    Object.entries(isJsonObject(value) ? value : {}).map(([name, text]) => ({ name, matchType, value: String(text) }));
  return [...textsIn(fields[texts]).flatMap(readMatchers), ...old(fields[equal], '='), ...old(fields[pattern], '=~')];
}

function readMatchers(text: string): readonly JsonObject[] {
  const parsed = parseMatchers(text, '0.34');
  // Whoever wrote it by hand was told where it is included.
  if (parsed.kind === 'invalid') throw new Error(`Bug: the matcher ${text} was not checked: ${parsed.reason}.`);
  return parsed.matchers.map(({ label, operator, value }) => ({ name: label, matchType: operator, value }));
}
