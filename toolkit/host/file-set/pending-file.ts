/** What the binding asks for (`mode`), or else that others may not read what holds secrets. */
export interface Permissions {
  readonly mode?: number | undefined;
  readonly isPrivate?: boolean;
}

/** One file of a target directory as it is to become. */
export type PendingFile =
  | {
      readonly kind: 'write';
      /** Relative to the target directory. */
      readonly path: string;
      /** Who asked for it: an address. */
      readonly by: string;
      /** Where the new bytes wait. */
      readonly next: string;
      readonly permissions: Permissions;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly by: string };
