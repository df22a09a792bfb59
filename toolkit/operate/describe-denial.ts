import type { Diagnostic } from '../diagnostics/index.ts';
import type { SandboxDenial } from '../host/sandbox/index.ts';
import { contentDiagnostics } from './content-diagnostics.ts';

/** What the sandbox stopped, for whoever wrote the content. */
export function describeDenial({ kind, message, expected, found, file, line, column }: SandboxDenial): Diagnostic {
  const position = file === undefined ? {} : { position: { file, line: line ?? 1, column: column ?? 1 } };
  return contentDiagnostics.create(
    denialCodes[kind],
    { message },
    { ...position, subject: kind, expected, ...(found === undefined ? {} : { found }) },
  );
}

/** What somebody has to do about it differs: leave it, mend it, make it less, or report it. */
const denialCodes = {
  'import-denied': 'denied',
  'builtin-denied': 'denied',
  'file-read-denied': 'denied',
  'symlink-leaves-repository': 'denied',
  'import-not-found': 'broken',
  'syntax-error': 'broken',
  'content-threw': 'broken',
  'never-settled': 'broken',
  'not-json': 'broken',
  'timed-out': 'too-much',
  'out-of-memory': 'too-much',
  'answer-too-large': 'too-much',
  exited: 'too-much',
  'session-failed': 'program-failed',
} as const satisfies Record<SandboxDenial['kind'], 'denied' | 'broken' | 'too-much' | 'program-failed'>;
