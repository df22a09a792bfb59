import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { makeLineTable } from '../text-encoding/index.ts';
import { readAnyYaml } from './read-any-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { yamlDiagnostics } from './yaml-diagnostics.ts';
import { makeNodeFinder, type YamlTree } from './yaml-tree.ts';
import type { YamlValue } from './yaml-value.ts';

export interface ParsedYaml {
  /** Undefined when the file could not be read; then the diagnostics say why. An empty file is null. */
  readonly value: YamlValue | undefined;
  /** Where the node of a JSON pointer such as `/items/0/id` stands; of a pointer to nothing, the closest node around it. */
  positionOf(pointer: string): SourceSpan;
  /** Where the key of that node stands: what to point at when the key itself is wrong. */
  keyPositionOf(pointer: string): SourceSpan;
  /** The node as it is written: `00123` where the value says 123. */
  sourceOf(pointer: string): string;
  /** The same as offsets in the text, the byte order mark not counted. */
  offsetsOf(pointer: string): { readonly start: number; readonly end: number };
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one YAML 1.2 document (core schema) into JSON. Two readers stand behind it: a small one for plain block style,
 * which is what people and programs write and is some twenty times as fast, and the yaml package for everything else
 * and for every error. A test holds them to the same answers.
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const source = withoutByteOrderMark(text);
  const lines = makeLineTable(source, file);
  const control = findControlCharacter(source);
  if (control !== null) return unreadable(lines.spanAt(0), [controlCharacter(source, control, lines.spanAt(control))]);

  const plain = readPlainYaml(source);
  if (plain.kind === 'tree') return readable(source, plain.tree, lines.spanAt, []);
  if (source.length > largestUnusual) {
    const position = lines.spanAt(plain.offset);
    const facts = { limitMegabytes: largestUnusual / 1e6 };
    return unreadable(position, [yamlDiagnostics.create('too-large-to-read', facts, { position })]);
  }
  const { tree, diagnostics } = readAnyYaml(source, lines.spanAt);
  return tree === null ? unreadable(lines.spanAt(0), diagnostics) : readable(source, tree, lines.spanAt, diagnostics);
}

/** Editors do not count the mark as a column, so positions are counted without it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

// The yaml package takes about half a second and 70 MB for each megabyte.
const largestUnusual = 8e6;

// A carriage return alone is a line end to some readers and a character to others.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\r(?!\n)/;

function findControlCharacter(source: string): number | null {
  const offset = source.search(controlCharacters);
  return offset < 0 ? null : offset;
}

function controlCharacter(source: string, offset: number, position: SourceSpan): Diagnostic {
  const code = `U+${source.charCodeAt(offset).toString(16).toUpperCase().padStart(4, '0')}`;
  return yamlDiagnostics.create('control-character', { code }, { position });
}

function unreadable(position: SourceSpan, diagnostics: readonly Diagnostic[]): ParsedYaml {
  return {
    value: undefined,
    positionOf: () => position,
    keyPositionOf: () => position,
    sourceOf: () => '',
    offsetsOf: () => ({ start: 0, end: 0 }),
    diagnostics,
  };
}

function readable(
  source: string,
  tree: YamlTree,
  spanAt: (start: number, end?: number) => SourceSpan,
  diagnostics: readonly Diagnostic[],
): ParsedYaml {
  const find = makeNodeFinder(tree);
  return {
    value: tree.value,
    positionOf(pointer) {
      const { start, end } = find(pointer);
      return spanAt(start, end);
    },
    keyPositionOf: (pointer) => spanAt(find(pointer).keyStart),
    sourceOf: (pointer) => {
      const { start, end, exact } = find(pointer);
      return exact ? source.slice(start, end) : '';
    },
    offsetsOf: find,
    diagnostics,
  };
}
