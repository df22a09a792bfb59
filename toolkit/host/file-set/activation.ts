/** How the files of one target are judged and become live. Everything is optional: plain files just lie there. */
export interface Activation {
  /** Judges the directory as it will be, in a private copy, before anything live sees it. */
  check?(directory: string): Promise<Verdict>;
  /** Makes the files live (a reload) and looks that they are. */
  activate?(changed: ChangedFiles): Promise<Verdict>;
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
  | { readonly accepted: false; readonly reason: string };

export const accepted = (note: string): Verdict => ({ accepted: true, note });
export const refused = (reason: string): Verdict => ({ accepted: false, reason });
