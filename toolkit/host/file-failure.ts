import { Failure } from '../diagnostics/index.ts';
import { fileDiagnostics } from './file-diagnostics.ts';

export type FileOperation = 'read' | 'write' | 'remove' | 'list';

/** An error of the file system as a Failure that names the path and what to do. A Failure passes through unchanged. */
export function fileFailure(operation: FileOperation, path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const facts = { operation, path, reason: error instanceof Error ? error.message : String(error) };
  return new Failure(
    fileDiagnostics.create(codes[errorCodeOf(error) ?? ''] ?? 'file-error', facts, { subject: path }),
    {
      cause: error,
    },
  );
}

/** `ENOENT` and the like; undefined for an error that is not the file system's. */
function errorCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function isErrorCode(error: unknown, ...wanted: readonly string[]): boolean {
  return wanted.includes(errorCodeOf(error) ?? '');
}

const codes: Readonly<Record<string, keyof typeof fileDiagnostics.definitions>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  ENOENT: 'no-such-file',
  ENOTDIR: 'not-a-directory',
  EISDIR: 'is-a-directory',
  ELOOP: 'symbolic-link',
};
