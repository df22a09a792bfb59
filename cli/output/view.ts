import type { Paint } from '../../toolkit/diagnostics/reporters/index.ts';

/** How the result of a command is shown: to people, and as events with `--json`. Both are pure. */
export interface View<Result> {
  readonly human: (result: Result, terminal: Terminal) => string;
  readonly events: (result: Result) => readonly ProgramEvent[];
}

export interface Terminal {
  readonly paint: Paint;
  /** Columns that a line may fill. */
  readonly width: number;
  /** With `--verbose`. */
  readonly isVerbose: boolean;
}

/** One line of `--json`, a public contract: fields are added, never renamed or taken away, within a version. */
export interface ProgramEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

export function printEvent(event: ProgramEvent): string {
  return `${JSON.stringify({ version: 1, ...event })}\n`;
}
