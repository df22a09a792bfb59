import type { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostic.ts';
import type { Severity } from '../severity.ts';

/** One way to write findings down. Pure: the same findings give the same text. */
export interface Reporter {
  readonly name: ReportFormat;
  /** What reads it, for the help text. */
  readonly purpose: string;
  report(diagnostics: readonly Diagnostic[], options: ReportOptions): string;
}

export type ReportFormat = 'human' | 'json' | 'sarif' | 'junit' | 'github';

export interface ReportOptions {
  readonly programVersion: string;
  /** The mildest severity that fails the command: readers that only know "passed" and "failed" go by it. */
  readonly failOn: Severity;
  readonly paint: Paint;
}

/** Colours a text for a terminal, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = Parameters<typeof styleText>[0];
