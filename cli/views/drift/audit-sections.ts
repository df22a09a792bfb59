import { counted } from '../../../toolkit/diagnostics/index.ts';
import type { ReportedDrift } from '../../../toolkit/operate/index.ts';
import { sayOverrides } from '../plan/override-lines.ts';
import { type AuditInput, sayDrifted, serversBehind } from './audit-view.ts';
import { sayField } from './say-field.ts';

/** The audit report as headings, facts and tables, so that its formats cannot differ in what they say. */
export interface AuditSection {
  readonly title: string;
  readonly text: string;
  readonly table: Table | null;
}

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function auditTitle({ report, organisation }: AuditInput): string {
  return `Configuration audit: ${organisation}, ${report.environment}`;
}

export function auditSections({ report, ignored }: AuditInput): readonly AuditSection[] {
  const drifted = sayDrifted(report);
  return [
    {
      title: 'Result',
      text:
        drifted === null
          ? `Every compared object is as it was applied, but for the exceptions below.${report.unasked.length === 0 ? '' : ' Not all could be compared.'}`
          : `Not as it was applied: ${drifted}.`,
      table: {
        head: ['Fact', 'Value'],
        rows: [
          ['Time', report.at],
          ['Environment', report.environment],
          ['Scope', report.stacks.join(', ')],
          ['Objects compared', String(report.compared)],
          ...(report.unasked.length === 0 ? [] : [['Objects not compared', String(uncompared(report))]]),
          ['Objects that drifted', String(report.drift.length)],
          ['Servers that run something else', String(serversBehind(report))],
          ['Drifted and muted', String(report.muted.length)],
          ['Declared and not applied yet', String(report.pending.length)],
          ['Not managed', String(report.unmanaged.length)],
          ['Not managed, and against a policy', String(report.violations.length)],
          ['Digest', report.digest],
        ],
      },
    },
    {
      title: 'Targets',
      text: 'Who answered.',
      table: {
        head: ['Stack', 'Target', 'Provider', 'Identity'],
        rows: report.targets.map(({ stack, target, provider, identity }) => [
          stack,
          target,
          provider,
          printIdentity(identity),
        ]),
      },
    },
    {
      title: 'Drift',
      text:
        report.drift.length === 0
          ? 'None.'
          : 'What differs, with the value that was applied and the one that was found.',
      table: tableOf(
        ['Object', 'Kind', 'Difference'],
        report.drift.map((drift) => [drift.address, drift.kind, differencesOf(drift).join('\n')]),
      ),
    },
    {
      title: 'What runs',
      text:
        report.running.length === 0
          ? 'Every server that can be asked runs what its files say.'
          : 'Servers that run something else than their files say have drifted; of those that did not answer it is not known.',
      table: tableOf(
        ['Stack', 'Target', 'State', 'Difference'],
        report.running.map(({ stack, target, running }) => [
          stack,
          target,
          running.state === 'behind' ? 'runs something else' : 'did not answer',
          running.state === 'behind' ? running.differences.join('\n') : running.reason,
        ]),
      ),
    },
    {
      title: 'Not looked at',
      text:
        report.unread.length + report.unasked.length === 0
          ? 'Nothing.'
          : 'Of these objects it is not known whether they have drifted.',
      table: tableOf(
        ['Object', 'Reason'],
        [
          ...report.unasked.map(({ stack, target, objects, reason }) => [
            `${counted(objects, 'object')} in ${target} of ${stack}`,
            reason,
          ]),
          ...report.unread.map(({ address, reason }) => [address, reason]),
        ],
      ),
    },
    {
      title: 'Exceptions',
      text:
        report.muted.length + report.expiredMutes.length + ignored.length === 0
          ? 'None.'
          : 'What was found or left out with somebody’s word for it.',
      table: tableOf(
        ['Object', 'Exception', 'Reason', 'Allowed by', 'Until'],
        [
          ...report.muted.map(({ drift, reason, approver, until }) => [
            drift.address,
            'drift, muted',
            reason,
            approver,
            until,
          ]),
          ...report.expiredMutes.map(({ stack, pattern, reason, approver, until }) => [
            `${stack}/${pattern}`,
            'mute that has run out',
            reason,
            approver,
            until,
          ]),
          ...ignored.map(({ address, pointers }) => [
            address,
            `not compared: ${pointers.join(', ')}`,
            'declared as ignored',
            '',
            '',
          ]),
        ],
      ),
    },
    {
      title: 'Declared and not applied yet',
      text:
        report.pending.length === 0
          ? 'Nothing.'
          : 'These are no drift: apply has not been run since they were declared.',
      table: tableOf(
        ['Object'],
        report.pending.map((address) => [address]),
      ),
    },
    {
      title: 'Not managed',
      text: report.unmanaged.length === 0 ? 'Nothing.' : 'Found in the targets, declared nowhere, and left alone.',
      table: tableOf(
        ['Stack', 'Target', 'Type', 'Place'],
        report.unmanaged.map(({ stack, target, type, location, concern }) => [
          stack,
          target,
          type,
          concern === undefined ? location : `${location}\n! ${concern}.`,
        ]),
      ),
    },
    {
      title: 'Against a policy',
      text:
        report.violations.length === 0
          ? 'Nothing of what is not managed.'
          : 'What policies find in what is not managed.',
      table: tableOf(
        ['Object', 'Policy', 'Finding', 'What to do'],
        report.violations.map(({ subject = '', code, detail, hint }) => [subject, code, detail, hint]),
      ),
    },
  ];
}

function uncompared({ unasked }: AuditInput['report']): number {
  return unasked.reduce((sum, { objects }) => sum + objects, 0);
}

function differencesOf({ detail, live, differences, overrides, losses }: ReportedDrift): readonly string[] {
  const said = [
    ...losses.map((loss) => `! ${loss}`),
    ...sayOverrides(overrides).map(({ sentence }) => sentence),
    ...differences.flatMap(sayField),
  ];
  return [...(live === null ? [] : [live]), ...(said.length === 0 ? [detail] : said)];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): Table | null {
  return rows.length === 0 ? null : { head, rows };
}

function printIdentity(identity: Readonly<Record<string, string>>): string {
  return Object.entries(identity)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
