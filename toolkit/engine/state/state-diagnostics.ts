import { counted, defineDiagnostics } from '../../diagnostics/index.ts';

interface Place {
  readonly stack: string;
  readonly environment: string;
  readonly location: string;
}

function repairHint({ stack, environment }: Place): string {
  return `Run \`opsctl state repair --stack ${stack} --environment ${environment}\`: it recovers what is certain and says what it did.`;
}

function ofStack({ stack, environment, location }: Place): string {
  return `of stack ${stack} in ${environment} (${location})`;
}

/** What reading, replaying and repairing a stored state can meet. */
export const stateDiagnostics = defineDiagnostics('state', {
  empty: {
    severity: 'error',
    summary: 'State is empty',
    detail: (facts: Place) => `The state ${ofStack(facts)} is a file without content.`,
    hint: repairHint,
  },
  truncated: {
    severity: 'error',
    summary: 'State is cut off',
    detail: (facts: Place) => `The state ${ofStack(facts)} ends in the middle.`,
    hint: repairHint,
  },
  corrupt: {
    severity: 'error',
    summary: 'State is damaged',
    detail: (facts: Place & { reason: string }) =>
      `The state ${ofStack(facts)} is not as it was written: ${facts.reason}.`,
    hint: repairHint,
  },
  'not-a-state': {
    severity: 'error',
    summary: 'Not a state',
    detail: (facts: Place) => `The file that should hold the state ${ofStack(facts)} holds something else.`,
    hint: repairHint,
  },
  'foreign-version': {
    severity: 'error',
    summary: 'State of another version',
    detail: (facts: Place & { version: string }) =>
      `The state ${ofStack(facts)} has format version ${facts.version}; this program reads version 1.`,
    hint: 'Use the opsctl that wrote it, or a newer one.',
  },
  'other-stack': {
    severity: 'error',
    summary: 'State of another stack',
    detail: (facts: Place & { found: string }) => `The state ${ofStack(facts)} says that it belongs to ${facts.found}.`,
    hint: 'Put the right file back: a state was copied or renamed by hand.',
  },
  'journal-other-stack': {
    severity: 'error',
    summary: 'Journal of another stack',
    detail: (facts: Place & { found: string }) =>
      `The journal ${ofStack(facts)} says that it belongs to ${facts.found}.`,
    hint: 'Put the right file back: a journal was copied or renamed by hand.',
  },
  'journal-lost': {
    severity: 'error',
    summary: 'Journal is missing',
    detail: (facts: Place) =>
      `The state ${ofStack(facts)} is there and its journal is not, so nobody can say what happened since the state was written.`,
    hint: repairHint,
  },
  'journal-empty': {
    severity: 'error',
    summary: 'Journal is empty',
    detail: (facts: Place) =>
      `The journal ${ofStack(facts)} is a file without content, which no stopped run leaves behind. What happened since the state was written is lost with it.`,
    hint: repairHint,
  },
  'journal-unreadable': {
    severity: 'error',
    summary: 'Journal cannot be read',
    detail: (facts: Place) =>
      `No line of the journal ${ofStack(facts)} is as it was written. What happened since the state was written is lost with it.`,
    hint: repairHint,
  },
  'duplicate-address': {
    severity: 'error',
    summary: 'Address twice in a state',
    detail: (facts: Place & { address: string }) =>
      `The state ${ofStack(facts)} records ${facts.address} more than once.`,
    hint: repairHint,
  },
  'bad-resource': {
    severity: 'error',
    summary: 'Record that cannot be',
    detail: (facts: Place & { address: string; problem: string }) =>
      `In the state ${ofStack(facts)} the record of ${facts.address} has ${facts.problem}.`,
    hint: repairHint,
  },
  'bad-dependency': {
    severity: 'error',
    summary: 'Dependency that is not there',
    detail: (facts: Place & { address: string; dependency: string }) =>
      `In the state ${ofStack(facts)}, ${facts.address} depends on ${facts.dependency}, which the state does not hold.`,
    hint: repairHint,
  },
  lost: {
    severity: 'error',
    summary: 'State is missing',
    detail: (facts: Place) => `The state ${ofStack(facts)} is gone, but its journal or its former generation is there.`,
    hint: repairHint,
  },
  'journal-broken': {
    severity: 'error',
    summary: 'Journal is damaged',
    detail: (facts: Place & { line: number }) =>
      `Line ${facts.line} of the journal ${ofStack(facts)} is not as it was written, and whole lines follow it.`,
    hint: repairHint,
  },
  'journal-gap': {
    severity: 'error',
    summary: 'Journal has a gap',
    detail: (facts: Place & { expected: number; found: number }) =>
      `In the journal ${ofStack(facts)} entry ${facts.expected} is missing: entry ${facts.found} comes in its place.`,
    hint: repairHint,
  },
  'journal-foreign': {
    severity: 'error',
    summary: 'Journal of another version',
    detail: (facts: Place & { line: number; what: string }) =>
      `Line ${facts.line} of the journal ${ofStack(facts)} has ${facts.what}, which this program does not know.`,
    hint: 'Use the opsctl that wrote it, or a newer one.',
  },
  'journal-mismatch': {
    severity: 'error',
    summary: 'State and journal do not belong together',
    detail: (facts: Place) => `The journal ${ofStack(facts)} continues another state than the one beside it.`,
    hint: repairHint,
  },
  'journal-torn': {
    severity: 'notice',
    summary: 'Journal ends in a torn line',
    detail: (facts: Place) =>
      `The last line of the journal ${ofStack(facts)} was cut off when an earlier run was stopped.`,
    hint: 'Nothing to do: what it announced was not begun. The next apply goes on from there.',
  },
  'journal-fenced-out': {
    severity: 'warning',
    summary: 'A run went on after it had lost its lock',
    detail: (facts: Place & { entries: number }) =>
      `${counted(facts.entries, 'entry', 'entries')} of the journal ${ofStack(facts)} ${facts.entries === 1 ? 'comes' : 'come'} from a run whose lock somebody else had taken over, and ${facts.entries === 1 ? 'does' : 'do'} not count.`,
    hint: 'Run `opsctl drift` to see whether that run changed something after it had lost the lock.',
  },
  uncertain: {
    severity: 'error',
    summary: 'Outcome of a change is unknown',
    detail: (facts: { address: string; action: string; found: string }) =>
      `A run was stopped while it did the ${facts.action} of ${facts.address}, and what is there now is neither what was there before nor what was to be: ${facts.found}.`,
    hint: (facts: { address: string }) =>
      `Look at the object. To take it over as it is, run \`opsctl adopt ${facts.address}\`; to have it made anew, remove it from its target. Then plan again.`,
  },
  'uncertain-unseen': {
    severity: 'error',
    summary: 'Outcome of a change cannot be looked up',
    detail: (facts: { address: string; action: string }) =>
      `A run was stopped while it did the ${facts.action} of ${facts.address}, and its target did not say what is there now.`,
    hint: 'Make the target reachable and run the command again.',
  },
  'no-such-resource': {
    severity: 'error',
    summary: 'Address is not in the state',
    detail: (facts: { address: string; alike: string | null }) =>
      `No state of this environment holds ${facts.address}.`,
    hint: ({ alike }) =>
      `${alike === null ? '' : `Did you mean ${alike}? `}See \`opsctl state list\` for what there is.`,
  },
  'address-taken': {
    severity: 'error',
    summary: 'Address is taken',
    detail: (facts: { address: string }) => `The state already holds ${facts.address}.`,
    hint: 'Choose another address, or remove that record first with `opsctl state rm`.',
  },
  'address-elsewhere': {
    severity: 'error',
    summary: 'Address of another stack or type',
    detail: (facts: { address: string }) =>
      `A record cannot become ${facts.address}: stack and type of an object stay.`,
    hint: 'Remove the record with `opsctl state rm` and take the object over with `opsctl adopt`.',
  },
  protected: {
    severity: 'error',
    summary: 'Record is protected',
    detail: (facts: { address: string }) =>
      `${facts.address} is protected: an object that is no longer recorded is no longer protected either.`,
    hint: 'Take its .protect(...) out of the stack, have that reviewed and applied. To drop the record all the same, add `--even-protected`.',
  },
  'still-uncertain': {
    severity: 'error',
    summary: 'Outcome of a change is not known yet',
    detail: (facts: { address: string }) => `A run was stopped while it changed ${facts.address}.`,
    hint: 'Run `opsctl apply` first: it looks at the object and settles the record.',
  },
  'lock-number': {
    severity: 'error',
    summary: 'Lock has the highest number there is',
    detail: (facts: { path: string }) => `No lock can follow ${facts.path}, which no opsctl has made.`,
    hint: 'Make sure that nobody works on the stack, then remove that file.',
  },
  'not-recoverable': {
    severity: 'error',
    summary: 'State cannot be recovered',
    detail: (facts: Place) => `Neither the state ${ofStack(facts)} nor its former generation can be read.`,
    hint: 'Put a copy from your backup back; or move the folder away, and adopt the objects with `opsctl adopt`.',
  },
});
