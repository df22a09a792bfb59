import { resolve } from 'node:path';
import { findRepository } from '../../../toolkit/host/content-modules.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag } from '../../arguments/option.ts';
import type { Session } from '../../session.ts';
import { doctorView } from '../../views/doctor-view.ts';
import { linkPackage } from '../init/link-package.ts';
import { openNamedRepository } from '../open-content.ts';
import type { Check } from './check.ts';
import { checkPrograms } from './check-programs.ts';
import { checkRepository } from './check-repository.ts';
import { checkStates } from './check-states.ts';
import { checkTargets } from './check-targets.ts';

export const command = defineCommand({
  description:
    'Looks at what opsctl needs around it: Node, the repository, the targets with their checkers and servers (whether they ' +
    'answer, may be reloaded, and run what their files say), locks, and what runs that were cut off have left. One line ' +
    'each, with what to do. Changes nothing.',
  positionals: {},
  options: { fix: flag('--fix', 'Make the link that editors need; everything else is left as it is.') },
  exits: [],
  examples: [
    { line: 'opsctl doctor', text: 'When something does not work, or after a crash.' },
    {
      line: 'opsctl doctor --environment production --json',
      text: 'For a monitoring job: ends with 1 when there is a problem.',
    },
  ],
  async run({ fix }, session) {
    const programs = await checkPrograms();
    const checks = [...programs, ...withoutMissing(programs, await checkHere(session, fix))];
    session.show(doctorView, checks);
    return checks.some(({ status }) => status === 'problem') ? 'failure' : 'done';
  },
});

/** A checker that is nowhere is told once, and not again by each target that would use it. */
function withoutMissing(programs: readonly Check[], checks: readonly Check[]): readonly Check[] {
  const missing = programs.filter(({ status }) => status === 'warning').map(({ name }) => name);
  const isTold = ({ name, status, detail }: Check) =>
    status === 'warning' && name.endsWith(' checker') && missing.some((program) => detail.includes(`no ${program} on`));
  return checks.filter((check) => !isTold(check));
}

/** What can only be looked at inside a repository. */
async function checkHere(session: Session, fix: boolean): Promise<readonly Check[]> {
  const start = resolve(session.io.cwd, session.globals.directory ?? '.');
  const root = await findRepository(start);
  if (root === null) {
    const remedy = 'Go to your repository, name it with --directory, or make one with `opsctl init`.';
    return [{ name: 'repository', status: 'warning', detail: `none around ${start}`, remedy }];
  }
  if (fix) await linkPackage(root);
  const surroundings = await checkRepository(root);
  const { value: repository, diagnostics } = await openNamedRepository(session);
  if (repository === null) {
    return [
      ...surroundings,
      ...diagnostics.map(({ detail, hint }): Check => ({ name: 'bindings', status: 'problem', detail, remedy: hint })),
    ];
  }
  session.progress.report('Asking the targets');
  return [...surroundings, ...(await checkTargets(session, repository)), ...(await checkStates(repository))];
}
