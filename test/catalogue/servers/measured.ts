import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type RunningServer, type ServerStart, startServer } from '../../support/measured-servers.ts';
import { startProgram } from '../../support/processes.ts';

/** What a server and its exporter say, while it runs and after it was stopped. */
export interface Measured {
  /** All that the exporters of the server and its replicas answered. */
  readonly page: string;
  /** Ends the server and gives what the exporter says then; absent where the server has no exporter beside it. */
  readonly afterStop?: (lines: readonly string[]) => Promise<string>;
}

/** A folder that is gone after the test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A server that is stopped after the test. */
export function server(start: ServerStart): RunningServer {
  const running = startServer(start);
  onTestFinished(() => running.stop());
  return running;
}

/** An exporter that is stopped after the test; gives where it answers. */
export async function exporter(
  program: string,
  args: (port: number) => readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const running = await startProgram({ program, args, ready: '/metrics', env });
  onTestFinished(() => running.stop());
  return `${running.url}/metrics`;
}
