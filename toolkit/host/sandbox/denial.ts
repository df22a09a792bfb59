/**
 * What a wall of the sandbox refused, or how the child ended without an answer. All of it was said by a process that ran
 * code under review, so it is shown and never acted on; the parent has checked its shape and made its texts safe to print.
 */
export interface SandboxDenial {
  readonly kind: DenialKind;
  /** One sentence with the names of this occurrence. */
  readonly message: string;
  /** What the wall lets through. */
  readonly expected: string;
  /** What was tried: a specifier, a name, a path, an amount. */
  readonly found?: string;
  /** Relative to the repository. For a child that gave no answer, the file it had begun with last. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export type DenialKind = keyof typeof denialKinds;

/** Each kind with what the wall lets through. */
export const denialKinds = {
  'import-denied':
    "Content imports relative files of the repository's content folders (.ts, .js, .json), `opsctl`, its public names, `node:path` and `node:url`.",
  'import-not-found':
    'A relative import names an existing file with its extension; `opsctl/...` names a part that this version has.',
  'builtin-denied':
    'Content computes: it starts no process, opens no connection, makes no code from text and does not touch its own process.',
  'file-read-denied': 'Only the content folders of the repository and the opsctl package can be read.',
  'symlink-leaves-repository': 'A symlink in a content folder points to a file or folder inside the content folders.',
  'syntax-error':
    'Content is JavaScript modules, with types that can be erased, and JSON; an import names what the other file exports.',
  'content-threw': 'Content runs to its end without throwing.',
  'never-settled': 'Every promise that content waits for settles.',
  'timed-out': 'The work is done within the time limit.',
  'out-of-memory': 'The work is done within the memory limit.',
  'answer-too-large': 'The answer stays below the size limit.',
  'not-json': 'The answer is a value of JSON: no functions, no circles, no getters that throw.',
  'session-failed': 'Code of opsctl itself does not throw here. This is a bug of opsctl.',
  exited: 'The child lives until it has answered.',
} as const;

const shownLength = 4000;

/** Reads a denial that the child sent. Undefined if it is none: then the child does not keep to the protocol. */
export function parseDenial(value: unknown): SandboxDenial | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, message, found, file, line, column } = value;
  if (typeof kind !== 'string' || !isDenialKind(kind) || typeof message !== 'string') return undefined;
  return {
    kind,
    message: printable(message),
    expected: denialKinds[kind],
    ...(typeof found === 'string' ? { found: printable(found) } : {}),
    ...(typeof file === 'string' ? { file: printable(file) } : {}),
    ...(isCount(line) ? { line } : {}),
    ...(isCount(column) ? { column } : {}),
  };
}

/** A denial of the parent's own making. */
export function denialOf(
  kind: DenialKind,
  message: string,
  facts: { found?: string; file?: string } = {},
): SandboxDenial {
  return { kind, message, expected: denialKinds[kind], ...facts };
}

/** Content chooses these texts: without their control characters they cannot move a cursor or forge a line of a log. */
export function printable(text: string): string {
  return text.slice(0, shownLength).replace(/[[\p{Cc}\p{Cf}]--[\n\t]]/gv, '\u{FFFD}');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDenialKind(kind: string): kind is DenialKind {
  return Object.hasOwn(denialKinds, kind);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
