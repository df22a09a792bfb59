import { resolve } from 'node:path';
import { findRepository, listContentModules, readableFolders } from '../host/content-modules.ts';
import { openSandbox, type Sandbox, type SandboxAnswer, type SandboxWorld } from '../host/sandbox/index.ts';
import type { LoadRequest, PrepareRequest } from './session-messages.ts';

export interface SandboxStart {
  /** Another clock, zone, locale and directory for the second compile of `check`. */
  readonly world?: SandboxWorld;
}

/** The sandbox of a repository, with the content that it was asked to load. */
export interface BegunSandbox {
  readonly root: string;
  readonly sandbox: Sandbox;
  /** Content modules relative to the repository, in the order of loading. */
  readonly files: readonly string[];
  readonly loading: Promise<SandboxAnswer>;
}

const limits = { timeoutMs: 120_000, memoryMb: 2048, outputBytes: 1_073_741_824 } as const;

/**
 * Starts the sandbox of the repository around a directory; null where there is none. This file imports little, so that
 * a command can have its content loaded while it loads what it needs itself.
 */
export async function beginSandbox(directory: string): Promise<BegunSandbox | null> {
  const root = await findRepository(resolve(directory));
  return root === null ? null : startSandbox(root, {});
}

export async function startSandbox(root: string, start: SandboxStart): Promise<BegunSandbox> {
  // Started first: it comes up while the files are listed.
  const sandbox = sandboxOf(root, start);
  try {
    const files = await listContentModules(root);
    const loading = sandbox.request({ kind: 'load', files } satisfies LoadRequest);
    void sandbox.request({ kind: 'prepare' } satisfies PrepareRequest);
    return { root, sandbox, files, loading };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

function sandboxOf(root: string, { world }: SandboxStart): Sandbox {
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
