import path from 'node:path';

/** What a binding says about the directory of a target whose objects are files. */
export interface DirectorySettings {
  readonly directory: string;
  readonly mode: number | undefined;
}

/** JSON Schema of those settings, to be spread into a provider's binding schema. */
export const directorySchema = {
  directory: {
    type: 'string',
    minLength: 1,
    description: 'Directory that holds the files of this target. A relative path starts at the repository.',
  },
  fileMode: {
    type: 'string',
    pattern: '^0?[0-7]{3}$',
    description: 'Permission bits of written files, such as "0640". Without it a replaced file keeps its own.',
  },
} as const;

export function readDirectorySettings(settings: Readonly<Record<string, unknown>>): DirectorySettings {
  const { directory, fileMode } = settings;
  if (typeof directory !== 'string') throw new Error('Bug: the binding has no directory, and was not checked for it.');
  return {
    directory: path.resolve(directory),
    mode: typeof fileMode === 'string' ? Number.parseInt(fileMode, 8) : undefined,
  };
}
