import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Resource } from '../../../toolkit/model/index.ts';
import { type ManifestFile, type Reconciler, renderManifests } from '../../../toolkit/render-manifests/index.ts';
import type { ExitName } from '../../exit-code.ts';
import type { Session } from '../../session.ts';
import { renderView } from '../../views/render-view.ts';
import { renderDiagnostics } from './diagnostics.ts';
import { isFree, removeStale, writeManifest } from './former-render.ts';

interface ManifestRequest {
  readonly root: string;
  /** As the user wrote it. */
  readonly out: string;
  readonly force: boolean;
  readonly resources: readonly Resource[];
  readonly reconciler: Reconciler;
}

/** Writes nothing unless all can be written. What an earlier render wrote and this one does not is taken away at the end. */
export async function writeManifests(session: Session, request: ManifestRequest): Promise<ExitName> {
  const { root, out, force, resources, reconciler } = request;
  if (!force && !(await isFree(root))) {
    session.tell([renderDiagnostics.create('not-empty', { directory: out })]);
    return 'refused';
  }
  const { files, objects, diagnostics } = renderManifests(resources, reconciler);
  session.tell(diagnostics);
  if (files.length === 0) return 'failure';
  for (const file of files) await writeChanged(root, file);
  const paths = files.map(({ path }) => path);
  await removeStale(root, paths);
  await writeManifest(root, paths);
  session.show(renderView, { directory: out, files: paths, resources: objects });
  return 'done';
}

/** An equal file is left alone, so that tools that look at times see what has changed. */
async function writeChanged(root: string, { path, text }: ManifestFile): Promise<void> {
  const place = join(root, path);
  const before = await readFile(place, 'utf8').catch(() => null);
  if (before === text) return;
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, text);
}
