import { defineDiagnostics } from '../diagnostics/index.ts';

/** What is wrong with policies and waivers themselves. What a policy finds has the policy's own words. */
export const policyDiagnostics = defineDiagnostics('policy', {
  failed: {
    severity: 'error',
    summary: 'Policy failed',
    detail: ({ policy, happened }: { policy: string; happened: string }) =>
      `${policy} ${happened}. This is a bug of the policy: nothing is known about what it judges.`,
    hint: 'Mend the policy; a row in its table test can hold the case.',
  },
  'id-invalid': {
    severity: 'error',
    summary: 'Invalid policy id',
    detail: ({ policy }: { policy: string }) => `${JSON.stringify(policy)} is not an area and a name.`,
    hint: 'Write it as `<area>/<name>` in lower-case words with dashes, such as `plants/two-people`.',
  },
  'declared-twice': {
    severity: 'error',
    summary: 'Policy declared twice',
    detail: ({ policy }: { policy: string }) =>
      `Two policies are called ${policy}, so a waiver would not say which one it means.`,
    hint: 'Rename one of them, or load it only once.',
  },
  'waiver-date-invalid': {
    severity: 'error',
    summary: 'Waiver without a valid end',
    detail: ({ stack, waived, until }: Until) =>
      `The waiver of ${waived} in ${stack} ends on ${JSON.stringify(until)}, which is no day of the calendar, so it does not hold.`,
    hint: 'Write the last day on which it holds, such as 2027-03-31.',
  },
  'waiver-expired': {
    severity: 'error',
    summary: 'Waiver has expired',
    detail: ({ stack, waived, selection, approver, until }: Until & Subject) =>
      `The waiver of ${waived} in ${stack} for ${selection}, allowed by ${approver}, held until ${until}.`,
    hint: 'Mend what it excused and remove it, or have it allowed again with a new end.',
  },
  'waiver-ends-soon': {
    severity: 'notice',
    summary: 'Waiver ends soon',
    detail: ({ stack, waived, selection, approver, until, days }: Until & Subject & { days: number }) =>
      `The waiver of ${waived} in ${stack} for ${selection}, allowed by ${approver}, holds until ${until}: ${daysLeft(days)}. After that it blocks.`,
    hint: 'Mend what it excuses, or have it allowed again in time.',
  },
  'waiver-unknown-policy': {
    severity: 'error',
    summary: 'Waiver of a policy that is not in use',
    detail: ({ stack, waived }: { stack: string; waived: string }) =>
      `${stack} waives ${waived}, but no policy of that name is loaded.`,
    hint: 'Remove the waiver, or load the policy in policies/.',
  },
  'waiver-matches-nothing': {
    severity: 'error',
    summary: 'Waiver matches nothing',
    detail: ({ stack, waived, selection }: { stack: string; waived: string; selection: string }) =>
      `The waiver of ${waived} selects ${selection}, but ${stack} can speak for no such item: only for those that it operates itself, that a stack below it operates, or that none does.`,
    hint: 'Correct the selection, move the waiver to the stack of the items, or remove it if they are gone.',
  },
  'waiver-unused': {
    severity: 'notice',
    summary: 'Waiver is not needed',
    detail: ({ stack, waived, selection }: { stack: string; waived: string; selection: string }) =>
      `${stack} waives ${waived} for ${selection}, but nothing of that violates it.`,
    hint: 'Remove the waiver.',
  },
});

type Until = { readonly stack: string; readonly waived: string; readonly until: string };
type Subject = { readonly selection: string; readonly approver: string };

function daysLeft(days: number): string {
  if (days === 0) return 'today is its last day';
  return days === 1 ? 'one more day' : `${days} more days`;
}
