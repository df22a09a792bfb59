export {
  type Activated,
  type Activation,
  accepted,
  type ChangedFiles,
  refused,
  type Verdict,
} from './activation.ts';
export { type DirectorySettings, directorySchema, readDirectorySettings } from './directory-settings.ts';
export type { FileKind, FileObservation } from './file-kind.ts';
export { fileNameOf, nameOfFile } from './file-name.ts';
export { openFileSession } from './file-session.ts';
export { listFiles } from './list-files.ts';
export { managedHeader } from './managed-header.ts';
export { readFiles } from './read-files.ts';
export { pathObjection } from './relative-path.ts';
