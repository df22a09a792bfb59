import { resolve } from 'node:path';
import { findRepository, readableFolders } from '../host/content-modules.ts';
import { openSandbox, type Sandbox, type SandboxWorld } from '../host/sandbox/index.ts';

export interface SandboxStart {
  /** Another clock, zone, locale and directory for the second compile of `check`. */
  readonly world?: SandboxWorld;
}

/** A sandbox that comes up, and the repository that it is for. */
export interface BegunSandbox {
  readonly root: string;
  readonly sandbox: Sandbox;
}

const limits = { timeoutMs: 120_000, memoryMb: 2048, outputBytes: 1_073_741_824 } as const;

export function startSandbox(root: string, { world }: SandboxStart): Sandbox {
  return openSandbox({
    repository: root,
    readable: readableFolders,
    session: new URL('./session.ts', import.meta.url).href.replace(
      /\.ts$/,
      import.meta.url.endsWith('.ts') ? '.ts' : '.js',
    ),
    limits,
    ...(world === undefined ? {} : { world }),
  });
}

/**
 * Starts the sandbox of the repository around a directory; null where there is none. This file imports little, so that
 * a command can have its sandbox come up while it loads what it needs itself.
 */
export async function beginSandbox(directory: string): Promise<BegunSandbox | null> {
  const root = await findRepository(resolve(directory));
  return root === null ? null : { root, sandbox: startSandbox(root, {}) };
}
