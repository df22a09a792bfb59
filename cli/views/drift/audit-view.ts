import type { JsonValue } from '../../../toolkit/model/index.ts';
import type { DriftReport } from '../../../toolkit/operate/index.ts';
import type { Drift } from '../../../toolkit/plan/index.ts';
import type { Terminal, View } from '../../output/view.ts';
import { harmless } from '../harmless.ts';
import { shortenPair } from '../shorten.ts';

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
      `${report.compared} objects compared on ${report.targets.length} targets of ${report.stacks.length} stacks.`,
      ...section(
        'Drift:',
        report.drift.flatMap((drift) => driftLines(drift, terminal)),
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
        report.unmanaged.map(({ stack, target, location }) => `  ${stack} ${target}: ${location}`),
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
    const { drift, muted, unmanaged, pending, expiredMutes, ...head } = report;
    return [
      ...drift.map((entry) => ({ event: 'drift', muted: false, ...entry })),
      ...muted.map(({ drift: entry, ...mute }) => ({ event: 'drift', muted: true, ...entry, mute })),
      ...unmanaged.map((entry) => ({ event: 'unmanaged', ...entry })),
      {
        event: 'audited',
        ...head,
        drifted: drift.length,
        mutedCount: muted.length,
        unmanaged: unmanaged.length,
        pending,
        expiredMutes,
        ignored,
      },
    ];
  },
};

/** A field of a drift in one line, for reports. */
export function describeField({ pointer, before, after }: Drift['fields'][number]): string {
  return `${pointer}: ${print(before)} -> ${print(after)}`;
}

function section(title: string, lines: readonly string[], { paint }: Terminal): readonly string[] {
  return lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
}

function driftLines(
  { address, kind, detail, fields }: Drift,
  { paint, width, isVerbose }: Terminal,
): readonly string[] {
  const symbol = kind === 'vanished' ? paint('red', '-') : paint('yellow', '!');
  return [
    `  ${symbol} ${address} (${kind})`,
    `      ${detail}`,
    ...fields.flatMap(({ pointer, before, after }) => {
      const room = Math.max(20, width - 12);
      const [left, right] = isVerbose ? [print(before), print(after)] : shortenPair(print(before), print(after), room);
      return [`      ${paint('yellow', '~')} ${pointer}`, `          applied  ${left}`, `          found    ${right}`];
    }),
  ];
}

function print(value: JsonValue | undefined): string {
  if (value === undefined) return '(absent)';
  // A rule is full of double quotes; escaped, nobody can read it or paste it.
  return typeof value === 'string' && /^[^'\p{Cc}]*$/u.test(value) ? `'${value}'` : JSON.stringify(value);
}

function verdictOf({ drift, muted, expiredMutes }: DriftReport, { paint }: Terminal): string {
  const verdict = drift.length === 0 ? paint('green', 'No drift') : paint('yellow', `${drift.length} drifted`);
  return `${verdict}, ${muted.length} muted, ${expiredMutes.length} mutes run out.`;
}
