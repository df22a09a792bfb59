import type { Diagnostic } from '../../diagnostics/index.ts';

/** How one type of object is one file. `Spec` is the provider's own; nothing here looks into it. */
export interface FileKind<Spec extends object> {
  readonly type: string;
  /** Where the object lies, relative to the target directory. */
  path(spec: Spec): string;
  print(spec: Spec): string;
  /** What the text says, in canonical form. `known` is the desired or last applied spec. */
  parse(text: string, known: Spec): FileObservation<Spec>;
  /** The fields that say where the object lies, for a file that cannot be read as what it should be. */
  identity(spec: Spec): Spec;
  /** Its text holds secrets: others may not read it, unless the binding says so. */
  readonly isPrivate?: boolean;
}

export type FileObservation<Spec> =
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly spec: Spec }
  | { readonly state: 'malformed'; readonly reason: string; readonly spec: Spec }
  | { readonly state: 'unreadable'; readonly reason: string };

export interface FileReference<Key extends string, Spec> {
  readonly address: Key;
  readonly type: string;
  readonly spec: Spec;
}

export interface FileChange<Key extends string, Spec> extends FileReference<Key, Spec> {
  readonly kind: 'write' | 'remove';
  /** The spec holds resolved secrets. */
  readonly sensitive?: boolean;
}

export interface FoundObject<Spec> {
  readonly type: string;
  readonly name: string;
  readonly spec: Spec;
  readonly location: string;
}

export type FileCommit<Key extends string> =
  | { readonly accepted: true; readonly note: string }
  | { readonly accepted: true; readonly note: string; readonly notRunning: string }
  | {
      readonly accepted: false;
      readonly reason: string;
      readonly blamed: readonly Key[];
      readonly diagnostic?: Diagnostic;
    };

export interface FileHealth<Key extends string> {
  readonly address: Key;
  readonly healthy: boolean;
  /** All that a plain file can be asked. */
  readonly extent?: 'in-place';
  readonly detail: string;
}
