import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { nearestName } from '../../../toolkit/diagnostics/index.ts';
import { writeFileAtomically } from '../../../toolkit/host/atomic-write.ts';
import { fileFailure } from '../../../toolkit/host/file-failure.ts';
import { makeDirectory } from '../../../toolkit/host/make-directory.ts';
import { previewDashboard } from '../../../toolkit/operate/dashboards/index.ts';
import { type ChartLibrary, loadChartLibrary, type MetricsSource } from '../../../toolkit/render-dashboard/index.ts';
import type { ExitName } from '../../exit-code.ts';
import { opsctlDiagnostics } from '../../program-diagnostics.ts';
import type { Session } from '../../session.ts';
import type { WrittenPreview } from '../../views/preview-view.ts';
import { previewView } from '../../views/preview-view.ts';
import { type Opened, withContent } from '../open-content.ts';
import { type CompiledDashboard, dashboardsIn } from './dashboards-in.ts';
import { previewDiagnostics } from './diagnostics.ts';
import { indexPage } from './index-page.ts';
import { generatedNow, sourceOf, standInSource } from './preview-source.ts';

export interface PreviewValues {
  readonly dashboard: string | null;
  readonly out: string;
  readonly all: boolean;
  readonly stack: readonly string[];
  readonly format: 'html' | 'svg';
  /** Milliseconds; null: as the dashboard says. */
  readonly from: number | null;
  readonly prometheus: string | null;
  readonly generated: boolean;
  readonly seed: number;
  readonly variable: ReadonlyMap<string, readonly string[]>;
  readonly theme: 'dark' | 'light';
  readonly timeZone: string;
}

interface Work {
  readonly values: PreviewValues;
  readonly session: Session;
  readonly charts: ChartLibrary;
}

export async function runPreview(values: PreviewValues, session: Session): Promise<ExitName> {
  const problem = complaintAbout(values);
  if (problem !== null) {
    const hint = '`opsctl dashboards preview --help` has examples.';
    session.tell([opsctlDiagnostics.create('usage', { problem, hint })]);
    return 'usage';
  }
  const charts = await loadChartLibrary();
  if (charts === null) {
    session.tell([previewDiagnostics.create('no-charts', {})]);
    return 'failure';
  }
  const work: Work = { values, session, charts };
  if (values.dashboard !== null && (await isFile(resolve(session.io.cwd, values.dashboard))))
    return await previewFile(work, values.dashboard);
  return await withContent(session, (opened) => previewCompiled(work, opened));
}

/** What does not go together, in a sentence; null where all does. */
function complaintAbout({ dashboard, all, generated, prometheus }: PreviewValues): string | null {
  if (all === (dashboard !== null)) return 'Name one dashboard, or give --all.';
  return generated && prometheus !== null ? 'Give --generated or --prometheus, not both.' : null;
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true;
}

const mostBytes = 128 * 1024 * 1024;

/** A file of anybody: it needs no repository. */
async function previewFile(work: Work, file: string): Promise<ExitName> {
  const { session, values } = work;
  const path = resolve(session.io.cwd, file);
  const size = (await stat(path)).size;
  if (size > mostBytes) {
    const facts = { file, megabytes: Math.round(size / 1024 / 1024) };
    session.tell([previewDiagnostics.create('too-large', facts, { position: { file, line: 1, column: 1 } })]);
    return 'findings';
  }
  const read = await readJson(path);
  if (!read.ok) return refuse(work, file, read.reason);
  const source = standInSource(values, session, values.dashboard ?? file);
  const written = await drawOne(work, read.value, source, values.out);
  return written === null ? refuse(work, file, 'it has neither panels nor rows.') : show(work, [written]);
}

function refuse({ session }: Work, file: string, reason: string): ExitName {
  const position = { file, line: 1, column: 1 };
  session.tell([previewDiagnostics.create('no-dashboard', { file, reason }, { position })]);
  return 'findings';
}

type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

async function readJson(path: string): Promise<Read> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileFailure('read', path, error);
  });
  try {
    return { ok: true, value: JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')) };
  } catch (cause) {
    return {
      ok: false,
      reason: `it is no JSON (${cause instanceof Error ? cause.message.slice(0, 200) : String(cause)}).`,
    };
  }
}

async function previewCompiled(work: Work, opened: Opened): Promise<ExitName> {
  const { session, values } = work;
  const { content } = opened;
  const all = dashboardsIn(content.resources, content.organisation.dashboardBase).filter(
    ({ stack }) => values.stack.length === 0 || values.stack.includes(stack),
  );
  const chosen = values.dashboard === null ? all : find(work, all, values.dashboard);
  if (chosen === null) return 'usage';
  const written: WrittenPreview[] = [];
  for (const dashboard of chosen) {
    session.progress.report(`Drawing ${dashboard.stack}/${dashboard.name}`);
    const source = sourceOf(values, session, opened, dashboard);
    const file = values.all ? `${values.out}/${dashboard.stack}/${dashboard.name}.${values.format}` : values.out;
    const drawn = await drawOne(work, dashboard.document, source, file);
    if (drawn !== null) written.push(drawn);
  }
  if (values.all) await write(session, `${values.out}/index.html`, indexPage(values.out, written));
  return show(work, written);
}

function find({ session }: Work, all: readonly CompiledDashboard[], name: string): readonly CompiledDashboard[] | null {
  const named = all.filter(({ stack, name: own, uid }) =>
    [`${stack}/${own}`, `${stack}/grafana-dashboard/${own}`, uid, own].includes(name),
  );
  if (named.length === 1) return named;
  const names = all.map(({ stack, name: own }) => `${stack}/${own}`);
  session.tell([
    named.length === 0
      ? previewDiagnostics.create('unknown-dashboard', { name, nearest: nearestName(name, names) }, { found: name })
      : previewDiagnostics.create('several-dashboards', {
          name,
          found: named.map((one) => `${one.stack}/${one.name}`),
        }),
  ]);
  return null;
}

async function drawOne(
  work: Work,
  document: unknown,
  source: MetricsSource,
  file: string,
): Promise<WrittenPreview | null> {
  const { values, session, charts } = work;
  const { format, theme, generated, timeZone, from: spanMs, variable: variables } = values;
  const isMadeUp = generated || source.origin.startsWith('generated');
  const nowMs = isMadeUp ? generatedNow : session.io.now().getTime();
  const preview = await previewDashboard({
    document,
    source,
    nowMs,
    spanMs,
    variables,
    format,
    theme,
    timeZone,
    charts,
  });
  if (preview === null) return null;
  const { text, ...facts } = preview;
  await write(session, file, text);
  return { ...facts, file, origin: source.origin };
}

async function write({ io }: Session, file: string, content: string): Promise<void> {
  const path = resolve(io.cwd, file);
  await makeDirectory(dirname(path));
  await writeFileAtomically(path, content);
}

function show({ session }: Work, written: readonly WrittenPreview[]): ExitName {
  session.show(previewView, written);
  return written.some(({ problems }) => problems.some(({ kind }) => kind === 'failed')) ? 'failure' : 'done';
}
