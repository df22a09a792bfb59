export { type Activation, accepted, type ChangedFiles, refused, type Verdict } from './activation.ts';
export { type DirectorySettings, directorySchema, readDirectorySettings } from './directory-settings.ts';
export { fileSetDiagnostics } from './diagnostics.ts';
export { fileNameOf, nameOfFile } from './file-name.ts';
export {
  type FileKind,
  type FileObservation,
  type FileSession,
  type FoundObject,
  openFileSession,
} from './file-session.ts';
export { FileSet, type FileSetOutcome } from './file-set.ts';
export { listFiles } from './list-files.ts';
export { managedHeader } from './managed-header.ts';
export { type FileReading, readFiles } from './read-files.ts';
export { pathObjection, realPathOf, stagingFolder } from './relative-path.ts';
