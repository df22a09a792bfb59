import { type BegunSandbox, beginSandbox } from '../../toolkit/operate/start-sandbox.ts';
import type { Session } from '../session.ts';

/** The sandbox of the repository that a session is about, or null where there is none. */
export type Begun = BegunSandbox | null;

/** Where to look for the repository from. */
export function contentDirectory({ globals, io }: Session): string {
  return globals.directory ?? io.cwd;
}

/**
 * Starts the sandbox, and loads meanwhile what the command needs: both take about as long. Such a command is two files,
 * one that declares it and imports little, and one that does the work.
 */
export async function whileSandboxStarts<Work>(
  session: Session,
  load: () => Promise<Work>,
): Promise<{ readonly begun: Begun; readonly work: Work }> {
  const begun = await beginSandbox(contentDirectory(session));
  return { begun, work: await load() };
}
