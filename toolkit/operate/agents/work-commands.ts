import type { Word } from '../../languages/shell/index.ts';
import { type InstalledAs, namesOf } from './installed-as.ts';

export type AgentWork = { readonly kind: 'update'; readonly to: string } | { readonly kind: 'uninstall' };

/** What is done at one machine, command by command; the first that fails ends it. */
export interface WorkCommands {
  readonly shell: 'sh' | 'powershell';
  readonly commands: readonly (readonly Word[])[];
  /** What brings the former version back; empty: nothing was kept that could. */
  readonly undo: readonly (readonly Word[])[];
  /** Variables that whoever runs them sets, with what they mean. */
  readonly variables: Readonly<Record<string, string>>;
}

export function workCommands(program: string, way: InstalledAs, work: AgentWork): WorkCommands {
  return { ...plain, ...(work.kind === 'update' ? update(program, way, work.to) : uninstall(program, way)) };
}

const plain: WorkCommands = { shell: 'sh', commands: [], undo: [], variables: {} };
type Part = Partial<WorkCommands>;

function update(program: string, way: InstalledAs, to: string): Part {
  const { package: name, unit } = namesOf(program, way);
  const runs = [
    ['sudo', 'systemctl', 'restart', unit],
    ['systemctl', 'is-active', '--quiet', unit],
  ];
  switch (way) {
    case 'deb': {
      // A version without a revision of the package stands for any: apt takes a pattern.
      const version = to.includes('-') ? to : `${to}-*`;
      const install = ['sudo', 'apt-get', 'install', '--yes', '--only-upgrade', '--', `${name}=${version}`];
      const former: Word = { variable: 'OPSCTL_AGENT_FORMER', before: `${name}=` };
      const back = ['sudo', 'apt-get', 'install', '--yes', '--allow-downgrades', '--', former];
      return {
        variables: { OPSCTL_AGENT_FORMER: `the version of ${name} that was there before` },
        commands: [['sudo', 'apt-get', 'update'], install, ...runs],
        undo: [back, ...runs],
      };
    }
    case 'rpm': {
      const install = ['sudo', 'dnf', 'install', '--assumeyes', '--', `${name}-${to}`];
      return {
        commands: [install, ...runs],
        undo: [['sudo', 'dnf', 'history', 'undo', '--assumeyes', 'last'], ...runs],
      };
    }
    case 'binary':
      return updateBinary(program, to, runs);
    case 'msi':
      return {
        shell: 'powershell',
        variables: { OPSCTL_AGENT_FILE: `the installer of ${program} ${to}` },
        commands: [
          [
            'Start-Process',
            { parameter: 'Wait' },
            { parameter: 'FilePath' },
            'msiexec.exe',
            { parameter: 'ArgumentList' },
            { variable: 'OPSCTL_AGENT_FILE', before: '/qn /norestart /i "', after: '"' },
          ],
          ['Start-Service', { parameter: 'Name' }, unit],
        ],
      };
    case 'container':
      return {
        variables: { OPSCTL_AGENT_COMPOSE: `the compose file, with ${program} at ${to}` },
        commands: [compose('pull', program), compose('up', '--detach', '--no-deps', program)],
      };
    case 'daemonset':
      return updateDaemonSet(program, to);
    default:
      return way satisfies never;
  }
}

function updateBinary(program: string, to: string, runs: readonly (readonly Word[])[]): Part {
  const path = `/usr/local/bin/${program}`;
  return {
    variables: { OPSCTL_AGENT_FILE: `the program ${program} ${to} on this machine` },
    commands: [
      [
        'sudo',
        'install',
        '--owner=root',
        '--group=root',
        '--mode=0755',
        { variable: 'OPSCTL_AGENT_FILE' },
        `${path}.new`,
      ],
      [`${path}.new`, '--version'],
      ['sudo', 'cp', '--preserve', path, `${path}.before`],
      // Renaming is at once: a program that runs cannot be written over.
      ['sudo', 'mv', '--force', `${path}.new`, path],
      ...runs,
    ],
    undo: [['sudo', 'mv', '--force', `${path}.before`, path], ...runs],
  };
}

function updateDaemonSet(program: string, to: string): Part {
  const name = program.replaceAll('_', '-');
  const object = `daemonset/${name}`;
  return {
    variables: { ...namespace, OPSCTL_AGENT_IMAGE: `the image of ${program}, without its version` },
    commands: [
      kubectl('set', 'image', object, {
        variable: 'OPSCTL_AGENT_IMAGE',
        before: `${name}=`,
        after: `:${/^v/.test(to) ? to : `v${to}`}`,
      }),
      kubectl('rollout', 'status', object, '--timeout=10m'),
    ],
    undo: [kubectl('rollout', 'undo', object), kubectl('rollout', 'status', object, '--timeout=10m')],
  };
}

function uninstall(program: string, way: InstalledAs): Part {
  const { package: name, unit } = namesOf(program, way);
  switch (way) {
    case 'deb':
      // Its configuration is kept, as `purge` would not: installed again, it runs as before.
      return {
        commands: [['sudo', 'apt-get', 'remove', '--yes', '--', name]],
        undo: [['sudo', 'apt-get', 'install', '--yes', '--', name]],
      };
    case 'rpm':
      return {
        commands: [['sudo', 'dnf', 'remove', '--assumeyes', '--', name]],
        undo: [['sudo', 'dnf', 'install', '--assumeyes', '--', name]],
      };
    case 'binary':
      return {
        commands: [
          ['sudo', 'systemctl', 'disable', '--now', unit],
          ['sudo', 'mv', '--force', `/usr/local/bin/${program}`, `/usr/local/bin/${program}.before`],
        ],
        undo: [
          ['sudo', 'mv', '--force', `/usr/local/bin/${program}.before`, `/usr/local/bin/${program}`],
          ['sudo', 'systemctl', 'enable', '--now', unit],
        ],
      };
    case 'msi':
      return {
        shell: 'powershell',
        commands: [
          ['Stop-Service', { parameter: 'Name' }, unit],
          ['Uninstall-Package', { parameter: 'Name' }, name, { parameter: 'Force' }],
        ],
      };
    case 'container':
      return {
        variables: { OPSCTL_AGENT_COMPOSE: `the compose file that has ${program}` },
        commands: [compose('rm', '--stop', '--force', program)],
        undo: [compose('up', '--detach', '--no-deps', program)],
      };
    case 'daemonset':
      return {
        variables: namespace,
        commands: [kubectl('delete', `daemonset/${program.replaceAll('_', '-')}`, '--wait', '--timeout=10m')],
      };
    default:
      return way satisfies never;
  }
}

const namespace = { OPSCTL_AGENT_NAMESPACE: 'the namespace that it runs in' };

function kubectl(...words: readonly Word[]): readonly Word[] {
  return ['kubectl', '--namespace', { variable: 'OPSCTL_AGENT_NAMESPACE' }, ...words];
}

function compose(...words: readonly Word[]): readonly Word[] {
  return ['docker', 'compose', '--file', { variable: 'OPSCTL_AGENT_COMPOSE' }, ...words];
}
