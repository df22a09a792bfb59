import { defineDiagnostics } from '../diagnostics/index.ts';

interface FileFacts {
  readonly operation: 'read' | 'write' | 'remove' | 'list';
  readonly path: string;
  readonly reason: string;
}

/** What the file system can refuse. The former content of a file is never lost by any of these. */
export const fileDiagnostics = defineDiagnostics('host', {
  'disk-full': {
    severity: 'error',
    summary: 'No space left',
    detail: ({ operation, path }: FileFacts) => `Cannot ${operation} ${path}: its disk or quota is full.`,
    hint: 'Free space there and run the command again; nothing was cut short.',
  },
  'read-only': {
    severity: 'error',
    summary: 'File system is read-only',
    detail: ({ operation, path }: FileFacts) => `Cannot ${operation} ${path}: its file system is mounted read-only.`,
    hint: 'Mount it for writing, or work from a directory that can be written.',
  },
  'no-permission': {
    severity: 'error',
    summary: 'No permission',
    detail: ({ operation, path }: FileFacts) => `Cannot ${operation} ${path}: this user may not.`,
    hint: 'Run as the user who owns it, or give this user the right.',
  },
  'no-such-file': {
    severity: 'error',
    summary: 'No such file or directory',
    detail: ({ operation, path }: FileFacts) =>
      `Cannot ${operation} ${path}: ${operation === 'write' ? 'there is no such folder' : 'it does not exist'}.`,
    hint: 'Check the path in the binding or on the command line.',
  },
  'not-a-directory': {
    severity: 'error',
    summary: 'Not a directory',
    detail: ({ operation, path }: FileFacts) => `Cannot ${operation} ${path}: a part of the path is a file.`,
    hint: 'Check the path in the binding or on the command line.',
  },
  'is-a-directory': {
    severity: 'error',
    summary: 'A directory is in the way',
    detail: ({ operation, path }: FileFacts) => `Cannot ${operation} ${path}: it is a directory.`,
    hint: 'Move the directory away, or choose another name.',
  },
  'symbolic-link': {
    severity: 'error',
    summary: 'A symbolic link is in the way',
    detail: ({ operation, path }: FileFacts) =>
      `Cannot ${operation} ${path}: it is a symbolic link, which is not followed.`,
    hint: 'Put a plain file there, or name the place that the link points to.',
  },
  'dangling-link': {
    severity: 'error',
    summary: 'A symbolic link leads nowhere',
    detail: ({ operation, path }: FileFacts) =>
      `Cannot ${operation} ${path}: it is a symbolic link to something that does not exist.`,
    hint: 'Make what the link points to, or remove the link.',
  },
  'file-error': {
    severity: 'error',
    summary: 'The file system refused',
    detail: ({ operation, path, reason }: FileFacts) => `Cannot ${operation} ${path}: ${reason}.`,
    hint: 'Check the disk and the path, then run the command again.',
  },
});
