/** A place in a file of the repository: path relative to its root with forward slashes; lines and columns from 1. */
export interface SourceSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** Of a call: which of its values is meant, as `teams[2].hours`. Whoever has the text makes it a place of its own. */
  readonly path?: string;
}

/** Prints a span the way editors and terminals link it: `cmdb/items/hosts.csv:12:5`. */
export function printSpan(span: SourceSpan): string {
  return `${span.file}:${span.line}:${span.column}`;
}

export function compareSpans(left: SourceSpan | undefined, right: SourceSpan | undefined): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
