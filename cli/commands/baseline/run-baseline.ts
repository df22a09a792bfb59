import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBaseline } from '../../../toolkit/operate/baseline.ts';
import { baselineDiagnostics } from '../../../toolkit/operate/baseline-diagnostics.ts';
import { createSecretResolver } from '../../../toolkit/operate/index.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { baselineView } from '../../views/baseline-view.ts';
import type { Begun } from '../begin-sandbox.ts';
import { type Opened, withContent } from '../open-content.ts';
import { proposeTunings } from './propose-tunings.ts';
import { unifiedDiff } from './unified-diff.ts';

export interface BaselineValues {
  readonly subject: string;
  readonly item: readonly string[];
  readonly stack: readonly string[];
  readonly from: number;
  readonly quantile: number;
  readonly headroom: number;
  readonly by: 'item' | 'hour-of-week';
  readonly minimum: number;
  readonly keepFiring: boolean;
  readonly without: string | null;
  readonly toSource: boolean;
}

export async function runBaseline(values: BaselineValues, session: Session, begun: Begun): Promise<ExitName> {
  return await withContent(
    session,
    async (opened) => {
      const { repository, content, wiring } = opened;
      const toMs = session.io.now().getTime();
      const report = await makeBaseline(repository, content, wiring, {
        subject: values.subject,
        items: values.item,
        stacks: values.stack,
        fromMs: toMs - values.from,
        toMs,
        quantile: values.quantile,
        headroom: values.headroom,
        minimumMs: values.minimum,
        byHour: values.by === 'hour-of-week',
        keepFiring: values.keepFiring,
        without: values.without,
        secrets: createSecretResolver(repository.root, session.io.env),
        signal: session.io.signal,
        onProgress: session.progress.report,
      });
      session.tell(report.diagnostics);
      if (report.isMisnamed) return 'usage';
      if (values.toSource) showPatch(session, opened, report);
      else session.show(baselineView, report);
      return report.diagnostics.some(({ severity }) => severity === 'error') ? 'failure' : 'done';
    },
    { begun },
  );
}

function showPatch(
  session: Session,
  { repository, content }: Opened,
  report: Parameters<typeof proposeTunings>[0],
): void {
  const textOf = (file: string) => readSource(join(repository.root, file));
  const { files, unplaced } = proposeTunings(report, content, textOf);
  session.tell(
    unplaced.map(({ item, alert, reason, position }) =>
      baselineDiagnostics.create('not-placed', { item, alert, reason }, { position, subject: item }),
    ),
  );
  const patch = files.map(({ file, before, after }) => unifiedDiff(file, before, after)).join('');
  if (session.globals.json) session.emit({ event: 'source-patch', patch, unplaced });
  else session.print(patch);
}

function readSource(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // It came from a package, or has moved; then there is nothing to edit.
  }
}
