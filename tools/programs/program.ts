export type Program = {
  /** What it is called on PATH: by its maker, and by Debian. */
  readonly commands: readonly string[];
  /** The Debian package that has it, and the file in the package. */
  readonly package: string;
  readonly file: string;
  /** What a person looks for to install it by hand. */
  readonly product: string;
  /** Packages, besides its own, that a private copy of it needs: libraries that a plain machine has not. */
  readonly needs?: readonly string[];
};
