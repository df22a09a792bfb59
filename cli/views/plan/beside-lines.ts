import { counted } from '../../../toolkit/diagnostics/index.ts';
import { describeDiagnostic } from '../../../toolkit/diagnostics/reporters/index.ts';
import type { DriftDescription, PlanDescription } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';

import { wrapText } from '../wrap-text.ts';
import { fieldLines } from './field-lines.ts';
import { type Lines, listedAtMost, listOf, moreLine } from './listing.ts';
import { overrideLines } from './override-lines.ts';

export function driftLines(drifts: readonly DriftDescription[], terminal: Terminal): Lines {
  if (drifts.length === 0) return [];
  const shown = terminal.isVerbose ? drifts : drifts.slice(0, listedAtMost);
  return [
    terminal.paint('bold', 'Drift: changed in the real systems since it was applied, by something other than opsctl:'),
    ...shown.flatMap((drift) => [
      `  ${terminal.paint('yellow', '!')} ${drift.address}`,
      ...differenceLines(drift, terminal),
    ]),
    ...moreLine(drifts.length - shown.length),
  ];
}

/** What differs in one drifted object; the plan and the audit say it in the same words. */
export function differenceLines(
  { detail, live, overrides, fields, losses }: DriftDescription,
  terminal: Terminal,
): Lines {
  return [
    ...wrapText(detail, terminal.width, '      '),
    ...(live === null ? [] : wrapText(live, terminal.width, '      ')),
    ...losses.flatMap((loss) => wrapText(`! ${loss}.`, terminal.width, '      ')),
    ...overrideLines(overrides, terminal, '      '),
    ...fields.flatMap((field) => fieldLines(field, terminal, '      ')),
  ];
}

export function unmanagedLines({ unmanaged }: PlanDescription, terminal: Terminal): Lines {
  return listOf(
    'Not managed, and not touched:',
    unmanaged.map(({ stack, target, type, name, location }) => `${stack} ${target}: ${type} ${name} (${location})`),
    terminal,
  );
}

const owedReasons = {
  excluded: 'excluded',
  'depends-on-excluded': 'waits for something excluded',
  'not-targeted': 'not targeted',
  'not-asked': 'its target could not be asked',
  'depends-on-not-asked': 'waits for what could not be asked',
} as const;

export function owedLines({ owed }: PlanDescription, terminal: Terminal): Lines {
  return listOf(
    'Owed: left out of this plan, and still to be done:',
    owed.map(({ address, action, reason }) => `${action} ${address} (${owedReasons[reason]})`),
    terminal,
  );
}

/** Plan and audit say it alike. */
export function unaskedLines({ unasked }: Pick<PlanDescription, 'unasked'>, terminal: Terminal): Lines {
  return listOf(
    'Not looked at, because the target could not be asked:',
    unasked.map(
      ({ stack, target, objects, reason }) =>
        `${target} of ${stack}: ${counted(objects, 'object')} not compared. ${reason}`,
    ),
    terminal,
  );
}

export function uncommittedLines({ uncommitted }: PlanDescription, terminal: Terminal): Lines {
  return listOf(
    'Reloaded first, because a run did not learn whether they had loaded what lies in them:',
    uncommitted.map(({ stack, target }) => `${target} of ${stack}`),
    terminal,
  );
}

export function unhealthyLines({ unhealthy }: PlanDescription, terminal: Terminal): Lines {
  return listOf(
    'Applied before, and not seen to work since; every apply looks again until it is:',
    unhealthy.map(({ address, healthy, detail }) => `${address}: ${healthy ? 'works now. ' : ''}${detail}`),
    terminal,
  );
}

export function findingLines({ findings }: PlanDescription, { paint }: Terminal): Lines {
  if (findings.length === 0) return [];
  return [
    paint('bold', 'Findings:'),
    ...findings.flatMap((finding) => describeDiagnostic(finding, paint).trimEnd().split('\n')),
  ];
}

export function brakeLines({ brakes }: PlanDescription, { paint, width }: Terminal): Lines {
  if (brakes.length === 0) return [];
  return [
    paint('bold', 'Stopped until it is reviewed as what it is:'),
    ...brakes.flatMap(({ kind, detail, lift }) => [
      `  ${paint('red', '!')} ${kind}`,
      ...wrapText(detail, width, '      '),
      ...wrapText(lift, width, '      '),
    ]),
  ];
}
