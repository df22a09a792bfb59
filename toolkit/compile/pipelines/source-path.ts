import type { PipelineSource } from '../../model/index.ts';

/** A path of files with names in braces, as each program needs it. */
export interface SourcePath {
  /** Fields that the path gives, in order. */
  readonly fields: readonly string[];
  readonly glob: string;
  /** A pattern of the whole path with a named group for each field. */
  readonly pattern: string;
}

/** `/var/log/remote/{sender}/auth.log` -> `/var/log/remote/<any>/auth.log` and the pattern that reads the sender. */
export function readSourcePath(source: PipelineSource): SourcePath | null {
  if (source.kind !== 'files') return null;
  const pieces = source.path.split(/(\{[A-Za-z_]\w*\}|\*)/);
  const fields = pieces.flatMap((piece) => (piece.startsWith('{') ? [piece.slice(1, -1)] : []));
  const pattern = pieces.map((piece) => {
    if (piece === '*') return '[^/]*';
    return piece.startsWith('{') ? `(?P<${piece.slice(1, -1)}>[^/]+)` : escapePattern(piece);
  });
  const glob = pieces.map((piece) => (piece.startsWith('{') ? '*' : piece)).join('');
  // The beginning is left open, for a log server may be looked at below another root.
  return { fields, glob, pattern: `${pattern.join('')}$` };
}

export function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.|?+*()[\]{}]/g, '\\$&');
}
