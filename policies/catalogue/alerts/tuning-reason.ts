import { definePolicy, describeSelection, type OrganisationDeclaration, type Stack } from 'opsctl';
import { fewestHanCharacters, fewestWords, isReason } from '../is-reason.ts';

export const tuningReason = definePolicy({
  id: 'alerts/tuning-reason',
  level: 'mandatory',
  title: { en: 'Tunings and waivers must give their reason', zh: '阈值调整与豁免必须说明理由' },
  rationale:
    'In a year nobody knows why one pump may run hotter than the others. Without the reason nobody dares to change it back.',
  remedy: `Say in at least ${fewestWords} words, or ${fewestHanCharacters} Chinese characters, what is different about these items: \`the vendor allows 95 °C in the boiler house\`.`,
  clauses: ['S1:7.4.1.1.b', 'S1:7.4.1.2 KPI-2'],
  check: ({ stacks, organisation }) =>
    [...stacks.flatMap(statementsOf), ...patchesOf(organisation)]
      .filter(({ reason }) => !isReason(reason))
      .map(({ subject, what, reason, source }) => ({
        subject,
        item: null,
        message: `${subject} ${what} and gives ${JSON.stringify(reason)} as the reason.`,
        position: source,
        found: reason,
      })),
});

function statementsOf({ name, tunings, waivers }: Stack) {
  return [
    ...tunings.map(({ alert, selection, change, source }) => ({
      subject: name,
      what: `tunes ${alert.id} for ${describeSelection(selection)}`,
      reason: change.reason,
      source,
    })),
    ...waivers.map(({ waived, selection, terms, source }) => ({
      subject: name,
      what: `waives ${waived.id} for ${describeSelection(selection)}`,
      reason: terms.reason,
      source,
    })),
  ];
}

/** The thresholds of a patch have a reason each. */
function patchesOf({ id, catalogue }: OrganisationDeclaration) {
  return (catalogue.patches ?? []).flatMap((entry) => {
    const { alert, source } = entry;
    if (entry.kind === 'alert-disabling')
      return [{ subject: id, what: `disables ${alert.id}`, reason: entry.terms.reason, source }];
    const reasons = [entry.change.reason, ...(entry.change.thresholds ?? []).map(({ reason }) => reason)];
    return reasons.map((reason) => ({ subject: id, what: `patches ${alert.id}`, reason, source }));
  });
}
