import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDrifted, isIncomplete, makeDriftReport } from '../../../toolkit/operate/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { flag, oneOf } from '../../arguments/option.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { type AuditInput, auditView } from '../../views/drift/audit-view.ts';
import { htmlReport } from '../../views/drift/html-report.ts';
import { markdownReport } from '../../views/drift/markdown-report.ts';
import { type Opened, withContent } from '../open-content.ts';
import { detailedExitCode, engineOption, selectionOptions, withEngine } from '../plan-options.ts';
import { requestPlan } from '../request-plan.ts';
import { driftDiagnostics } from './diagnostics.ts';
import { placeFields } from './place-fields.ts';
import { thresholdReader } from './read-threshold.ts';
import { proposeEdits } from './source-edit.ts';
import { printSourcePatch } from './source-patch.ts';

export const command = defineCommand({
  description:
    'The configuration audit: compares every managed object with what was last applied and says what differs. Never ' +
    'writes, and needs no right to. A target that runs something else than its files say has drifted too; one that does ' +
    'not answer makes the audit incomplete, which ends with 1. What nobody declared and a policy objects to, such as a silence made by ' +
    'hand for a year, counts as drift. Known noise is muted where the stack declares it, with a reason and a last day.',
  positionals: {},
  options: {
    stack: selectionOptions.stack,
    engine: engineOption,
    format: oneOf('--format <name>', 'As text, or as a report to keep.', ['text', 'md', 'json', 'html'], 'text'),
    toSource: flag(
      '--to-source',
      'Print the edit of inventories and tunings that would make the drift intended, as a patch.',
    ),
    detailedExitcode: detailedExitCode,
  },
  exits: ['changes', 'findings'],
  examples: [
    {
      line: 'opsctl drift --format md > audit.md',
      text: 'The audit report, with time, scope, what was compared, and exceptions.',
    },
    {
      line: 'opsctl drift --to-source | git apply',
      text: 'Takes a value that was changed by hand over into the inventory.',
    },
  ],
  run: (values, asked) => {
    const session = withEngine(asked, values.engine);
    return withContent(
      session,
      async (opened) => {
        const answer = await requestPlan(session, opened, { ...noSelection, stack: values.stack });
        if (answer.kind === 'ended') return answer.exit;
        const report = makeDriftReport(answer.plan, opened.content, session.io.now().toISOString());
        if (values.toSource) return await showSourcePatch(session, opened, report.drift);
        showReport(
          session,
          { report, organisation: opened.content.organisation.title.en, ignored: ignoredIn(opened, report.stacks) },
          values.format,
        );
        if (isIncomplete(report)) return 'failure';
        return values.detailedExitcode && isDrifted(report) ? 'changes' : 'done';
      },
      { readAhead: values.stack },
    );
  },
});

const noSelection = {
  stack: [],
  target: [],
  exclude: [],
  adopt: [],
  offline: false,
  allowDeletes: 0,
  targetMoved: [],
  parallel: 10,
  isAudit: true,
};

function showReport(session: Session, audit: AuditInput, format: 'text' | 'md' | 'json' | 'html'): void {
  if (session.globals.json || format === 'text') session.show(auditView, audit);
  else if (format === 'json') session.print(`${JSON.stringify(audit, null, 2)}\n`);
  else session.print(format === 'md' ? markdownReport(audit) : htmlReport(audit));
}

/** Fields that are declared as nobody's business: an audit says that it did not look at them. */
function ignoredIn({ content }: Opened, stacks: readonly string[]): AuditInput['ignored'] {
  return content.placed
    .filter(
      ({ address, lifecycle }) =>
        lifecycle.ignore.length > 0 && stacks.includes(address.slice(0, address.indexOf('/'))),
    )
    .map(({ address, lifecycle }) => ({ address, pointers: lifecycle.ignore }));
}

async function showSourcePatch(
  session: Session,
  { repository, content }: Opened,
  drift: AuditInput['report']['drift'],
): Promise<ExitName> {
  const textOf = (file: string) => readSource(join(repository.root, file));
  const items = await placeFields(repository.root, content.items);
  const proposed = proposeEdits(drift, { resources: content.placed, items }, thresholdReader(textOf));
  const patch = printSourcePatch(proposed.edits, textOf);
  const unplaced = [...proposed.unplaced, ...patch.unplaced];
  session.tell(unplaced.map((entry) => driftDiagnostics.create('not-in-source', entry, { subject: entry.address })));
  if (session.globals.json) session.emit({ event: 'source-patch', patch: patch.text, edits: proposed.edits, unplaced });
  else session.print(patch.text);
  return 'done';
}

function readSource(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Moved away since it was compiled; the edit is then reported as one that has no place.
  }
}
