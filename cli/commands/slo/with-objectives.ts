import { nearestName } from '../../../toolkit/diagnostics/index.ts';
import type { UpheldObjective } from '../../../toolkit/operate/index.ts';
import { several } from '../../arguments/option.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { type Opened, withContent } from '../open-content.ts';
import { budgetDiagnostics } from './diagnostics.ts';

/** Which objectives a command is about. */
export const objectiveOptions = {
  stack: several('--stack <name>', 'Only what these stacks uphold; all of them when not given.', {
    completion: 'stack',
  }),
  slo: several('--slo <id>', 'Only these objectives; all of them when not given.'),
};

interface ObjectiveChoice {
  readonly stack: readonly string[];
  readonly slo: readonly string[];
}

/** Runs `use` on the objectives that were chosen; a name that is none ends the command. */
export async function withObjectives(
  session: Session,
  choice: ObjectiveChoice,
  use: (objectives: readonly UpheldObjective[], opened: Opened) => Promise<ExitName>,
): Promise<ExitName> {
  return await withContent(session, async (opened) => {
    const { objectives, stacks } = opened.content;
    const unknown = [
      ...strangers(
        'SLO',
        choice.slo,
        objectives.map(({ slo }) => slo.id),
      ),
      ...strangers(
        'stack',
        choice.stack,
        stacks.map(({ name }) => name),
      ),
    ];
    if (unknown.length > 0) {
      session.tell(unknown);
      return 'usage';
    }
    const chosen = objectives.filter(({ stack, slo }) => isAmong(stack, choice.stack) && isAmong(slo.id, choice.slo));
    return await use(chosen, opened);
  });
}

function isAmong(name: string, chosen: readonly string[]): boolean {
  return chosen.length === 0 || chosen.includes(name);
}

function strangers(kind: string, names: readonly string[], known: readonly string[]) {
  return names
    .filter((name) => !known.includes(name))
    .map((name) =>
      budgetDiagnostics.create(
        'unknown-name',
        { kind, name, known, nearest: nearestName(name, known) },
        { found: name },
      ),
    );
}
