import { counted, defineDiagnostics } from '../../toolkit/diagnostics/index.ts';
import type { RunOutcome } from '../../toolkit/engine/history/history-entry.ts';

const endings: Readonly<Record<RunOutcome, string>> = {
  done: '',
  unhealthy: ', and not all of it was seen to work',
  partial: ', and done in part',
  failed: ', and nothing of it was done',
  interrupted: ', and interrupted',
  'cut-off': ', and cut off',
};

interface EarlierRun {
  readonly file: string;
  readonly at: string;
  readonly by: string;
  readonly approvedBy: string | null;
}

export const applyDiagnostics = defineDiagnostics('apply', {
  'stale-plan': {
    severity: 'error',
    summary: 'Plan is out of date',
    detail: ({ reason }: { reason: string }) => `${reason} Nothing was changed.`,
    hint: 'Plan again, have the new plan reviewed, and apply that one.',
  },
  'no-plan-file': {
    severity: 'error',
    summary: 'Not a plan file',
    detail: ({ file, isThere }: { file: string; isThere: boolean }) =>
      isThere ? `${file} is no plan that \`opsctl plan --out\` wrote.` : `There is no file ${file}.`,
    hint: 'Name a file that `opsctl plan --out FILE` wrote; for a part of what is declared, plan and apply with --stack or --target.',
  },
  'already-applied': {
    severity: 'notice',
    summary: 'Plan was applied already',
    detail: ({ file, at, by, approvedBy }: EarlierRun) =>
      `${file} was applied at ${at} by ${by}${approvedBy === null ? '' : `, approved by ${approvedBy}`}, and the recorded state is as it left it. There is nothing to do.`,
    hint: 'Run `opsctl drift` to see whether the targets still are as applied.',
  },
  'carried-out-before': {
    severity: 'error',
    summary: 'Plan was carried out before',
    detail: ({ file, at, by, outcome, changed }: EarlierRun & { outcome: RunOutcome; changed: readonly string[] }) =>
      `${file} was carried out at ${at} by ${by}${endings[outcome]}.${changed.length === 0 ? '' : ` The state of ${changed.join(', ')} has changed since.`} Nothing was changed now.`,
    hint: 'Plan again for what is left to do; `opsctl state history` shows the runs.',
  },
  'not-with-plan-file': {
    severity: 'error',
    summary: 'Option that a saved plan leaves no room for',
    detail: ({ options, file }: { options: readonly string[]; file: string }) =>
      `${file} already says what is applied, as it was approved, so ${options.join(', ')} cannot change it. Nothing was changed.`,
    hint: ({ options }) =>
      `Leave ${options.join(', ')} out, or give ${options.length === 1 ? 'it' : 'them'} to \`opsctl plan --out FILE\` and have that plan approved.`,
  },
  'other-environment': {
    severity: 'error',
    summary: 'Plan of another environment',
    detail: ({ planned, named, file }: { planned: string; named: string; file: string }) =>
      `${file} was made for the environment ${planned}, and this command is told to work on ${named}. Nothing was changed.`,
    hint: ({ planned, named }) =>
      `To apply it to ${planned}, leave out --environment, --bindings and OPSCTL_ENVIRONMENT: the plan knows its own. For ${named}, plan with \`opsctl plan --environment ${named} --out FILE\`.`,
  },
  offline: {
    severity: 'error',
    summary: 'Plan was made offline',
    detail: (_facts: Record<string, never>) =>
      'It compares with the last recorded state only, so it cannot know what the targets hold. Nothing was changed.',
    hint: 'Plan again without --offline, where the targets can be reached.',
  },
  stopped: {
    severity: 'error',
    summary: 'Plan is stopped by a brake',
    detail: ({ reason }: { reason: string }) => `${reason} Nothing was changed.`,
    hint: ({ lift }: { reason: string; lift: string }) => lift,
  },
  'nobody-to-ask': {
    severity: 'error',
    summary: 'Nobody to ask',
    detail: (_facts: Record<string, never>) =>
      'There is no terminal on which this could be confirmed. Nothing was changed.',
    hint: 'Add --yes if it was reviewed; for an apply, better save the plan (`opsctl plan --out FILE`), have it approved, and run `opsctl apply FILE`.',
  },
  declined: {
    severity: 'error',
    summary: 'Not confirmed',
    detail: ({ expected }: { expected: string }) => `The answer was not "${expected}". Nothing was changed.`,
    hint: 'Run the command again to be asked again.',
  },
  'unknown-approver': {
    severity: 'error',
    summary: 'Approver is nobody that the organisation knows',
    detail: ({ person, people }: { person: string; people: readonly string[]; nearest: string | null }) =>
      `--approved-by ${person} names no person of cmdb/organisation. Known: ${people.join(', ') || 'nobody'}. Nothing was changed.`,
    hint: ({ nearest }) =>
      nearest === null ? 'Give the id of the person who approved the plan.' : `Did you mean ${nearest}?`,
  },
  unapproved: {
    severity: 'error',
    summary: 'Plan needs an approval',
    detail: ({ codes }: { codes: readonly string[] }) =>
      `Policies say that somebody must approve this plan: ${[...new Set(codes)].join(', ')}. Nothing was changed.`,
    hint: 'Have it approved, and name who did with --approved-by PERSON; the history keeps the name with the digest of the plan.',
  },
  blocked: {
    severity: 'error',
    summary: 'Plan has blocking findings',
    detail: ({ count }: { count: number }) =>
      `${counted(count, 'finding')} of this plan ${count === 1 ? 'blocks it and is' : 'block it and are'} listed above. Nothing was changed.`,
    hint: 'Correct them, or waive a policy with a reason, an approver and a last day, and plan again.',
  },
});
