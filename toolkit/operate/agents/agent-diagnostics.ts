import { counted, defineDiagnostics } from '../../diagnostics/index.ts';

/** What the view of all agents, and the plans to update or remove some, tell. */
export const agentDiagnostics = defineDiagnostics('agents', {
  unanswered: {
    severity: 'error',
    summary: 'Not known what this Prometheus sees',
    detail: ({ stack, reason, count }: { stack: string; reason: string; count: number }) =>
      `Of ${counted(count, 'agent')} of ${stack} nothing is known but what is declared: ${reason}.`,
    hint: 'Bring its Prometheus back or bind it, then ask again; the others were asked.',
  },
  amiss: {
    severity: 'warning',
    summary: 'Agents that are not as declared',
    detail: ({ state, agents }: { state: string; agents: readonly string[] }) =>
      `${counted(agents.length, 'agent')} ${state}: ${shortened(agents)}.`,
    hint: 'See lastError of each; `opsctl agents list --state down` shows one kind.',
  },
  'unknown-value': {
    severity: 'error',
    summary: 'Nothing of that name',
    detail: ({
      option,
      value,
      known,
    }: {
      option: string;
      value: string;
      known: readonly string[];
      nearest: string | null;
    }) => `No agent has ${option} ${value}. There are: ${known.join(', ') || 'none'}.`,
    hint: ({ nearest }) => (nearest === null ? 'Give one of these.' : `Did you mean ${nearest}?`),
  },
  'no-agent-chosen': {
    severity: 'error',
    summary: 'No agent to work on',
    detail: ({ skipped }: { skipped: number }) =>
      `Of what the options choose, nothing can be worked on; ${counted(skipped, 'agent')} left out.`,
    hint: 'Choose others, or look with `opsctl agents list` at what there is; each that is left out is told with its reason.',
  },
  'left-out': {
    severity: 'notice',
    summary: 'Agents left out',
    detail: ({ reason, agents }: { reason: string; agents: readonly string[] }) =>
      `${counted(agents.length, 'agent')} left out, because ${reason}: ${shortened(agents)}.`,
    hint: 'Nothing to do where that is right; otherwise choose them by another option.',
  },
  'how-installed': {
    severity: 'warning',
    summary: 'Not known how it was installed',
    detail: ({ program, agents }: { program: string; agents: readonly string[] }) =>
      `For ${program} of ${shortened(agents)} neither the operating system of the item nor an option says how it was installed, so no commands are made.`,
    hint: 'Write the attribute operatingSystem of the host, or choose these agents and give --as.',
  },
  'still-declared': {
    severity: 'error',
    summary: 'Content still asks for it',
    detail: ({ agents }: { agents: readonly string[] }) =>
      `${shortened(agents)}: declared and in service, so an alert would tell that it is gone.`,
    hint: 'Take the item out of service or out of the inventory first and apply, or give --even-declared for a move to another program.',
  },
  'several-programs': {
    severity: 'error',
    summary: 'More than one program',
    detail: ({ version, programs }: { version: string; programs: readonly string[] }) =>
      `${version} is a version of one program, and the options choose ${programs.join(', ')}.`,
    hint: 'Choose one with --program.',
  },
  'not-a-version': {
    severity: 'error',
    summary: 'Not a version',
    detail: ({ version }: { version: string }) => `${JSON.stringify(version)} is no version of a program.`,
    hint: 'A version has digits and dots, and may end with a build: 1.8.2, 1:1.5.0-1+b4.',
  },
  'version-unfit': {
    severity: 'error',
    summary: 'Version that the classes were not written for',
    detail: ({
      version,
      program,
      expected,
      missing,
    }: {
      version: string;
      program: string;
      expected: string;
      missing: readonly string[];
    }) =>
      missing.length === 0
        ? `Signals read ${program} ${expected}, and ${version} is not among them.`
        : `${program} ${version} has no ${missing.join(', ')}, which signals read.`,
    hint: 'Choose a version within the range, or change the class first.',
  },
  'out-not-empty': {
    severity: 'error',
    summary: 'Directory not empty',
    detail: ({ directory }: { directory: string }) => `${directory} has files, and nothing is written over them.`,
    hint: 'Name a directory that is new or empty.',
  },
});

const shown = 8;

function shortened(names: readonly string[]): string {
  const rest = names.length - shown;
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
