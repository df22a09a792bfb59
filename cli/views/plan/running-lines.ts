import type { Plan } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';
import { wrapText } from '../wrap-text.ts';
import { type Lines, listedAtMost, moreLine } from './listing.ts';

/** Targets that run something else than their files, and those that could not be asked; plan and audit say it alike. */
export function runningLines(running: Plan['running'], terminal: Terminal): Lines {
  const linesOf = (title: string, entries: Plan['running']): Lines =>
    entries.length === 0
      ? []
      : [terminal.paint('bold', title), ...entries.flatMap((one) => targetLines(one, terminal))];
  return [
    ...linesOf('Drift: servers that run something else than their files say; apply reloads them:', loadable(running)),
    ...linesOf(
      'Drift: servers that run something else than their files say, and that apply does not reload:',
      running.filter(({ running: { state } }) => state === 'behind').filter((one) => !loadable([one]).length),
    ),
    ...linesOf(
      'Not answering, so what they run was not compared with their files:',
      running.filter(({ running: { state } }) => state === 'not-answering'),
    ),
  ];
}

function loadable(running: Plan['running']): Plan['running'] {
  return running.filter((one) => one.running.state === 'behind' && one.running.isLoadable);
}

function targetLines(
  { stack, target, running }: Plan['running'][number],
  { paint, width, isVerbose }: Terminal,
): Lines {
  const facts = running.state === 'behind' ? running.differences : [running.reason];
  const shown = isVerbose ? facts : facts.slice(0, listedAtMost);
  return [
    `  ${paint('yellow', '!')} ${stack}/${target}`,
    ...shown.flatMap((fact) => wrapText(fact, width, '      ')),
    ...moreLine(facts.length - shown.length),
  ];
}
