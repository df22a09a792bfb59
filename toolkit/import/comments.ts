import { compareSpans, pointerTo, type SourceSpan } from '../diagnostics/index.ts';
import type { YamlValue } from '../languages/yaml/index.ts';
import type { LintDocument, Located } from '../lint/index.ts';

/** Comments of a YAML file by what they stand at. */
export interface PlacedComments {
  /** Those before a node, or behind it on its line, without the `#`. */
  at(document: LintDocument, pointer: string): readonly string[];
  /** Those after the last node. */
  readonly last: readonly string[];
  /** Where comments stood that may not be kept. */
  readonly dropped: readonly SourceSpan[];
}

/** A part of a document that is written again, with all that it holds. */
export interface WrittenPart extends Located {
  readonly value: YamlValue;
}

/**
 * Finds the comments of a file, and for each the node that is written next: a comment on a line of its own belongs to
 * what follows, one behind a value to that value. JSON has none, and a `#` inside a text is none.
 */
export function placeComments(
  text: string,
  parts: readonly WrittenPart[],
  mayKeep: (comment: string) => boolean = () => true,
): PlacedComments {
  const found = /^\ufeff?\s*[[{]/.test(text) ? [] : findComments(text, parts.flatMap(scalarRanges));
  const nodes = parts.flatMap((part) => nodesOf(part)).sort((left, right) => left.line - right.line);
  const placed = new Map<LintDocument, Map<string, string[]>>();
  const last: string[] = [];
  const dropped: SourceSpan[] = [];
  for (const comment of found) {
    const node = comment.isBehind ? nodes.findLast(({ line }) => line === comment.line) : nextNode(nodes, comment.line);
    const file = parts[0]?.document.file ?? '';
    if (!mayKeep(comment.text)) dropped.push({ file, line: comment.line, column: comment.column });
    else if (node === undefined) last.push(comment.text);
    else listAt(placed, node).push(comment.text);
  }
  return {
    at: (document, pointer) => placed.get(document)?.get(pointer) ?? [],
    last,
    dropped: dropped.sort(compareSpans),
  };
}

interface Comment {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly isBehind: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function findComments(text: string, ranges: readonly Range[]): readonly Comment[] {
  const sorted = [...ranges].sort((left, right) => left.start - right.start);
  const comments: Comment[] = [];
  let offset = text.startsWith('\ufeff') ? 1 : 0;
  const shift = offset;
  let next = 0;
  for (const [index, line] of text.slice(offset).split('\n').entries()) {
    const end = offset - shift + line.length;
    while (next < sorted.length && (sorted[next]?.end ?? 0) < offset - shift) next += 1;
    const inLine = sorted.slice(next).filter(({ start }) => start <= end);
    for (const { index: column } of line.matchAll(/(?<=^|\s)#/g)) {
      const at = offset - shift + column;
      if (inLine.some((range) => range.start <= at && at < range.end)) continue;
      const said = line.slice(column).replace(/^#+/, '').replace(/\r$/, '');
      comments.push({ line: index + 1, column: column + 1, text: said, isBehind: line.slice(0, column).trim() !== '' });
      break;
    }
    offset += line.length + 1;
  }
  return comments;
}

function scalarRanges({ document, pointer, value }: WrittenPart): readonly Range[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, field]) =>
      scalarRanges({ document, pointer: pointerTo(pointer, name), value: field as YamlValue }),
    );
  const written = document.writtenAt(pointer);
  return written === null ? [] : [{ start: written.start, end: written.start + written.text.length }];
}

interface Node {
  readonly document: LintDocument;
  readonly pointer: string;
  readonly line: number;
}

/** In document order, so that of several on one line the outermost is first. */
function nodesOf({ document, pointer, value }: WrittenPart): readonly Node[] {
  const own = { document, pointer, line: document.keyPositionOf(pointer).line };
  if (typeof value !== 'object' || value === null) return [own];
  const inner = Object.entries(value).flatMap(([name, field]) =>
    nodesOf({ document, pointer: pointerTo(pointer, name), value: field as YamlValue }),
  );
  return [own, ...inner];
}

function nextNode(nodes: readonly Node[], after: number): Node | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.line ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return nodes[low];
}

function listAt(placed: Map<LintDocument, Map<string, string[]>>, { document, pointer }: Node): string[] {
  const ofDocument = placed.get(document) ?? new Map<string, string[]>();
  placed.set(document, ofDocument);
  const list = ofDocument.get(pointer) ?? [];
  ofDocument.set(pointer, list);
  return list;
}
