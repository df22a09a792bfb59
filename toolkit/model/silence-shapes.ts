import { alert } from './alert-shapes.ts';
import { dashedWords } from './declared-words.ts';
import { selection } from './selection-shapes.ts';
import { type BranchShape, fieldsOf, listOf, matching, maybe, someText, value } from './shape.ts';
import type { SilenceTerms } from './silence.ts';
import { labelTests } from './slo-shapes.ts';

const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;
const isMoment = (given: unknown) =>
  typeof given === 'string' && written.test(given) && !Number.isNaN(Date.parse(given));
const moment = value('a moment with its offset, such as 2026-11-28T22:00:00+08:00', isMoment);
const changeId = matching('the id of a change, such as CHG-1042, without spaces and colons', /^[^\s:[\]]+$/);

const silenceTerms = fieldsOf<SilenceTerms>(
  {
    alerts: maybe(listOf(alert)),
    from: maybe(moment),
    until: moment,
    reason: someText,
    owner: someText,
    change: changeId,
    name: maybe(dashedWords),
  },
  'from when until when, and why: { from, until, reason, owner, change }',
);

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
const someTests = labelTests();
const noLabels = value('a selection of items, or at least one label such as { alertname: "HostDown" }', () => false);
const silenced: BranchShape = {
  kind: 'branch',
  choose: (given) => {
    if (!isObject(given) || Object.keys(given).length === 0) return noLabels;
    return 'kind' in given && given.kind === 'item-selection' ? selection : someTests;
  },
};

export const silenceShape = fieldsOf<{ of: unknown; terms: SilenceTerms }>({ of: silenced, terms: silenceTerms });
