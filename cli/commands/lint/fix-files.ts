import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeFileAtomically } from '../../../toolkit/host/atomic-write.ts';
import { applyEdits, type ForeignFile, type LintFinding } from '../../../toolkit/lint/index.ts';
import { lineDiff } from './line-diff.ts';

export interface FixedFiles {
  readonly files: number;
  readonly applied: number;
  /** What changes, as a unified diff. */
  readonly diff: string;
}

/** Writes the edits of findings into their files, each file as one step. */
export async function fixFiles(
  files: readonly ForeignFile[],
  findings: readonly LintFinding[],
  { isDry, base }: { readonly isDry: boolean; readonly base: string },
): Promise<FixedFiles> {
  const edits = Map.groupBy(
    findings.flatMap(({ edit }) => edit ?? []),
    ({ file }) => file,
  );
  let [changed, applied, diff] = [0, 0, ''];
  for (const { path, text } of files) {
    const ofFile = edits.get(path);
    if (ofFile === undefined) continue;
    const edited = applyEdits(text, ofFile);
    changed += 1;
    applied += edited.applied;
    diff += lineDiff(path, text, edited.text);
    if (!isDry) await replaceText(resolve(base, path), edited.text);
  }
  return { files: changed, applied, diff };
}

/** The file behind a link is written, and stays as readable as it was. */
async function replaceText(path: string, text: string): Promise<void> {
  const real = await realpath(path);
  const { mode } = await stat(real);
  await writeFileAtomically(real, text, { mode: mode & 0o777 });
}
