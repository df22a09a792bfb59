/** Makes files that are committed because people read them, or their diff. */
export type Generator = {
  readonly name: string;
  /** The whole text of each file, by its path from the repository's root. */
  readonly generate: () => Promise<ReadonlyMap<string, string>>;
};

/** Run by `npm run generate`; `npm run check` fails when a file on the disk differs from what they give. */
export const generators: readonly Generator[] = [];
