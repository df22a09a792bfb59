import type { SandboxDenial } from './denial.ts';
import type { Installation } from './installation.ts';
import type { SandboxWorld } from './world.ts';

export interface SandboxOptions {
  /** Root of the content repository; may itself be reached through a symlink. */
  readonly repository: string;
  /** Folders of the repository that may be read, such as `stacks` and `cmdb`. Never one that holds secrets. */
  readonly readable: readonly string[];
  /**
   * URL of a module of our own package, which exports `handle(request, { repository })`. The child loads it before any
   * content; it loads content by absolute `file:` URL below that `repository`, one file after another, so that a denial
   * can name the one that was begun last.
   */
  readonly session: string;
  readonly limits: SandboxLimits;
  readonly world?: SandboxWorld;
  /** Where our package lies. Without it, where this file lies. */
  readonly installation?: Installation;
}

export interface SandboxLimits {
  /** For one request; the first includes the start. */
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly outputBytes: number;
}

export interface Sandbox extends AsyncDisposable {
  /**
   * Answered in the order of asking; the child has the next as soon as it has answered the one before. Whatever it does is
   * a value.
   */
  request(message: unknown): Promise<SandboxAnswer>;
  /** Waits until the child has what it was asked, or is gone: a process that is busy does not write on. */
  sent(): Promise<void>;
  /** Ends the child, also in the middle of a request. */
  close(): Promise<void>;
}

export type SandboxAnswer = SandboxOutcome & {
  /** What content printed, safe to show. */
  readonly notes: string;
};

export type SandboxOutcome =
  /** Made by code under review: parse it. The bytes are the child's message, with the value as it was printed. */
  | { readonly ok: true; readonly value: unknown; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly denial: SandboxDenial };
