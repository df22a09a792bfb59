import type { Readable } from 'node:stream';

/** All of the outside that the program itself uses, so that a test can run it whole. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: Readable;
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Columns of the terminal; null where there is none. */
  readonly columns: number | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path. */
  readonly cwd: string;
  /** Aborted when the user asks the program to stop. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

export interface TextSink {
  write(text: string): void;
}
