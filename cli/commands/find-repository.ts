import { Failure } from '../../toolkit/diagnostics/index.ts';
import { findRepository } from '../../toolkit/host/content-modules.ts';
import { contentDiagnostics } from '../../toolkit/operate/content-diagnostics.ts';

/** The root of the repository around a folder, for commands that need neither its bindings nor its content. */
export async function mustFindRepository(directory: string): Promise<string> {
  const root = await findRepository(directory);
  if (root === null) throw new Failure(contentDiagnostics.create('no-repository', { directory }));
  return root;
}
