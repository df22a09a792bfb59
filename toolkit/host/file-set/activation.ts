import type { Diagnostic } from '../../diagnostics/index.ts';

/** How the files of one target are judged and become live. Everything is optional: plain files just lie there. */
export interface Activation {
  /** Judges the directory as it will be, in a private copy, before anything live sees it. */
  check?(directory: string): Promise<Verdict>;
  /**
   * Makes the files live (a reload) and looks that they are. Throws Unanswered when that cannot be known: the files then
   * stay. Taking them back would not be loaded either, and a server that loads late would run what lies nowhere.
   */
  activate?(changed: ChangedFiles): Promise<Activated>;
  /** Makes the former files live again after a refusal. Must not be stopped by what stopped `activate`. */
  reactivate?(): Promise<Verdict>;
}

/** Paths relative to the target directory; none when a commit is repeated. */
export interface ChangedFiles {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

export type Verdict =
  | { readonly accepted: true; readonly note: string }
  /** `diagnostic`: what stood in the way, where it was not the target that refused. */
  | { readonly accepted: false; readonly reason: string; readonly diagnostic?: Diagnostic };

/** Or nothing runs that could load the files: what is started there starts with them. */
export type Activated = Verdict | { readonly accepted: true; readonly note: string; readonly notRunning: string };

export const accepted = (note: string): Verdict => ({ accepted: true, note });
export const refused = (reason: string): Verdict => ({ accepted: false, reason });
/** Not the target's word: a file that cannot be moved, a checker that is missing. */
export const prevented = (diagnostic: Diagnostic): Verdict => ({
  accepted: false,
  reason: `${diagnostic.summary}. ${diagnostic.detail}`,
  diagnostic,
});
