import { counted, type Diagnostic } from '../../../toolkit/diagnostics/index.ts';
import { type DriftReport, isIncomplete, type ReportedDrift } from '../../../toolkit/operate/index.ts';
import type { Terminal, View } from '../../output/view.ts';
import { harmless } from '../harmless.ts';
import { differenceLines, unaskedLines } from '../plan/beside-lines.ts';
import { runningLines } from '../plan/running-lines.ts';
import { wrapText } from '../wrap-text.ts';

export interface AuditInput {
  readonly report: DriftReport;
  readonly organisation: string;
  /** Fields that were not compared because the content says so. */
  readonly ignored: readonly { readonly address: string; readonly pointers: readonly string[] }[];
}

/** The audit for a terminal: what drifted, then what was left out and why, then the verdict. */
export const auditView: View<AuditInput> = {
  human(input, terminal) {
    const { report, ignored } = harmless(input);
    const { paint, isVerbose } = terminal;
    return [
      `${paint('bold', `Configuration audit of ${report.environment}`)} at ${report.at}`,
      `${counted(report.compared, 'object')} compared on ${counted(report.targets.length, 'target')} of ${counted(report.stacks.length, 'stack')}.`,
      ...section(
        'Drift: what was applied -> what was found',
        report.drift.flatMap((drift) => driftLines(drift, terminal)),
        terminal,
      ),
      ...runningSection(report.running, terminal),
      ...section(
        'Not compared, because they could not be looked at:',
        report.unread.flatMap(({ address, reason }) => [`  ! ${address}`, `      ${reason}`]),
        terminal,
      ),
      ...unaskedSection(report, terminal),
      ...section(
        'Against a policy, and declared nowhere:',
        report.violations.flatMap((violation) => violationLines(violation, terminal)),
        terminal,
      ),
      ...section(
        'Muted:',
        report.muted.map(
          ({ drift, reason, approver, until }) => `  - ${drift.address} until ${until}: ${reason} (${approver})`,
        ),
        terminal,
      ),
      ...section(
        'Mutes that have run out:',
        report.expiredMutes.map(({ stack, pattern, until }) => `  ! ${stack}/${pattern} on ${until}`),
        terminal,
      ),
      ...section(
        'Not compared, as declared:',
        isVerbose ? ignored.map(({ address, pointers }) => `  ${address}: ${pointers.join(', ')}`) : [],
        terminal,
      ),
      ...section(
        'Not managed:',
        report.unmanaged.flatMap(({ stack, target, location, concern }) => [
          `  ${stack} ${target}: ${location}`,
          ...(concern === undefined ? [] : wrapText(`! ${concern}.`, terminal.width, '      ')),
        ]),
        terminal,
      ),
      ...section(
        'Declared and not applied yet:',
        report.pending.map((address) => `  ${address}`),
        terminal,
      ),
      '',
      verdictOf(report, terminal),
      `Digest ${report.digest}`,
      '',
    ].join('\n');
  },
  events({ report, ignored }) {
    const { drift, muted, unmanaged, running, violations, unread, unasked, pending, expiredMutes, ...head } = report;
    return [
      ...drift.map((entry) => ({ event: 'drift', muted: false, ...entry })),
      ...muted.map(({ drift: entry, ...mute }) => ({ event: 'drift', muted: true, ...entry, mute })),
      ...unread.map((entry) => ({ event: 'unread', ...entry })),
      ...unasked.map((entry) => ({ event: 'unasked', ...entry })),
      ...running.map(({ stack, target, running: found }) => ({ event: 'running', stack, target, ...found })),
      ...unmanaged.map((entry) => ({ event: 'unmanaged', ...entry })),
      ...violations.map((entry) => ({ event: 'finding', ...entry })),
      {
        event: 'audited',
        ...head,
        drifted: drift.length,
        serversBehind: serversBehind(report),
        mutedCount: muted.length,
        unmanaged: unmanaged.length,
        violations: violations.length,
        pending,
        expiredMutes,
        ignored,
      },
    ];
  },
};

function runningSection(running: DriftReport['running'], terminal: Terminal): readonly string[] {
  return running.length === 0 ? [] : ['', ...runningLines(running, terminal)];
}

function unaskedSection(report: DriftReport, terminal: Terminal): readonly string[] {
  return report.unasked.length === 0 ? [] : ['', ...unaskedLines(report, terminal)];
}

function section(title: string, lines: readonly string[], { paint }: Terminal): readonly string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

function driftLines(drift: ReportedDrift, terminal: Terminal): readonly string[] {
  const { address, kind, detail, differences, overrides, losses, live } = drift;
  const symbol = kind === 'vanished' ? terminal.paint('red', '-') : terminal.paint('yellow', '!');
  return [
    `  ${symbol} ${address} (${kind})`,
    ...differenceLines({ address, kind, detail, fields: differences, overrides, losses, live }, terminal),
  ];
}

function violationLines({ code, detail, hint }: Diagnostic, terminal: Terminal): readonly string[] {
  const [first = '', ...rest] = wrapText(detail, terminal.width, '    ');
  return [
    `  ${terminal.paint('yellow', '!')} ${first.trimStart()}`,
    ...rest,
    ...wrapText(`${hint} (${code})`, terminal.width, '      '),
  ];
}

/** The one count of an audit, in every format of it; null when nothing has drifted. */
export function sayDrifted(report: DriftReport): string | null {
  const [objects, servers, violations] = [report.drift.length, serversBehind(report), report.violations.length];
  const parts = [
    ...(objects === 0 ? [] : [`${counted(objects, 'object')} drifted`]),
    ...(servers === 0 ? [] : [`${counted(servers, 'server runs', 'servers run')} something else`]),
    ...(violations === 0 ? [] : [`${counted(violations, 'finding')} of policies in what nobody declared`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

export function serversBehind({ running }: Pick<DriftReport, 'running'>): number {
  return running.filter((entry) => entry.running.state === 'behind').length;
}

function verdictOf(report: DriftReport, { paint }: Terminal): string {
  const { muted, expiredMutes } = report;
  const drifted = sayDrifted(report);
  const clear = isIncomplete(report)
    ? paint('yellow', 'No drift in what could be compared')
    : paint('green', 'No drift');
  const verdict = drifted === null ? clear : paint('yellow', drifted);
  return `${verdict}, ${muted.length} muted, ${counted(expiredMutes.length, 'mute')} run out.`;
}
