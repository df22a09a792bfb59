import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Alias, Pair, Scalar, YAMLError, YAMLMap, YAMLSeq } from 'yaml';
import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { exactInteger } from './plain-scalar.ts';
import { yamlDiagnostics } from './yaml-diagnostics.ts';
import { type YamlTree, YamlTreeBuilder } from './yaml-tree.ts';
import type { YamlValue } from './yaml-value.ts';

type SpanAt = (start: number, end?: number) => SourceSpan;

interface AnyYaml {
  /** Null when an error left nothing to go on with. */
  readonly tree: YamlTree | null;
  readonly diagnostics: readonly Diagnostic[];
}

const load = createRequire(import.meta.url);

/** 72 files, which most runs need not load: what people write is mostly plain. */
function library(): typeof Yaml {
  return load('yaml') as typeof Yaml;
}

/** Reads all of YAML 1.2 through the yaml package, and says in the user's words what is wrong. */
export function readAnyYaml(source: string, spanAt: SpanAt): AnyYaml {
  try {
    return readDocuments(source, spanAt);
  } catch (error) {
    // The package recurses for each level; thousands of `[` exhaust the stack, which is harmless when caught here.
    if (error instanceof RangeError) return { tree: null, diagnostics: [nestedTooDeeply(spanAt(0))] };
    throw error;
  }
}

function readDocuments(source: string, spanAt: SpanAt): AnyYaml {
  // Duplicate keys are found below, where both positions are known.
  const documents = library().parseAllDocuments(source, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if ('empty' in documents) return { tree: emptyTree(), diagnostics: [] };
  const [document, second] = documents;
  if (document === undefined) return { tree: emptyTree(), diagnostics: [] };
  if (second !== undefined) {
    const start = second.range?.[0] ?? 0;
    return { tree: null, diagnostics: [yamlDiagnostics.create('several-documents', {}, { position: spanAt(start) })] };
  }
  const problems = [...document.errors, ...document.warnings].map((problem) => explain(problem, source, spanAt));
  if (problems.length > 0) return { tree: null, diagnostics: problems };
  return new TreeReader(source, spanAt).read(document.contents);
}

function emptyTree(): YamlTree {
  const builder = new YamlTreeBuilder();
  builder.close(builder.open(null, 0, 0), 0);
  return builder.finish(null);
}

function nestedTooDeeply(position: SourceSpan): Diagnostic {
  return yamlDiagnostics.create('nested-too-deeply', {}, { position });
}

function explain(problem: YAMLError, source: string, spanAt: SpanAt): Diagnostic {
  const [start] = problem.pos;
  const position = spanAt(start);
  if (problem.code === 'TAB_AS_INDENT') return yamlDiagnostics.create('tab-indentation', {}, { position });
  if (problem.code === 'RESOURCE_EXHAUSTION') return nestedTooDeeply(position);
  if (problem.code === 'MULTIPLE_DOCS') return yamlDiagnostics.create('several-documents', {}, { position });
  if (problem.code === 'TAG_RESOLVE_FAILED') {
    const tag = /^\S*/.exec(source.slice(start))?.[0] ?? '';
    return yamlDiagnostics.create('custom-tag', { tag }, { position });
  }
  if (isIndentedWithTab(source, start)) return yamlDiagnostics.create('tab-indentation', {}, { position });
  return yamlDiagnostics.create('syntax', { reason: plainReason(problem) }, { position });
}

/** The package reports a tab as whatever it made of it, often one line later. */
function isIndentedWithTab(source: string, offset: number): boolean {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1;
  return /^ *\t/.test(source.slice(lineStart, offset + 1));
}

const reasons: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_ALIAS: 'a `*` begins an alias, which needs a name; if the text should begin with a star, put it in quotes',
  BAD_INDENT: 'this line is indented differently from its neighbours',
  BLOCK_AS_IMPLICIT_KEY: 'a text with `: ` inside must be in quotes, or this line has a second `key:`',
  BLOCK_IN_FLOW: 'a list or mapping in block style stands inside `{}` or `[]`',
  MISSING_CHAR: 'a closing quote, bracket, brace, comma or colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a text that goes on over several lines stands where a `key:` should, or a `:` is missing',
  UNEXPECTED_TOKEN: 'this text does not fit here',
};

function plainReason(problem: YAMLError): string {
  const said = problem.message.replace(/ at line \d+.*$/s, '').replace(/\.$/, '');
  const reason = reasons[problem.code];
  return reason === undefined ? said : `${reason} (${said})`;
}

// What aliases may repeat in all: enough for any configuration, far too little for a bomb.
const aliasLimit = 10_000;
const depthLimit = 500;

/** Walks a document once: value, positions and everything that JSON cannot hold. */
class TreeReader {
  private readonly builder = new YamlTreeBuilder();
  private readonly diagnostics: Diagnostic[] = [];
  private readonly anchors = new Map<string, unknown>();
  private readonly source: string;
  private readonly spanAt: SpanAt;
  private depth = 0;
  private aliasDepth = 0;
  /** Of the alias that is being followed, the outermost one. */
  private aliasStart = 0;
  private repeated = 0;
  private gaveUp = false;

  constructor(source: string, spanAt: SpanAt) {
    this.source = source;
    this.spanAt = spanAt;
  }

  read(contents: unknown): AnyYaml {
    const value = this.readNode(contents, null, 0);
    return { tree: this.gaveUp ? null : this.builder.finish(value), diagnostics: this.diagnostics };
  }

  private readNode(node: unknown, name: string | null, keyStart: number): YamlValue {
    if (this.gaveUp) return null;
    if (this.depth > depthLimit) return this.giveUp(nestedTooDeeply(this.spanAt(keyStart)));
    if (this.aliasDepth > 0 && ++this.repeated > aliasLimit) {
      const facts = { limit: aliasLimit };
      return this.giveUp(yamlDiagnostics.create('too-many-aliases', facts, { position: this.spanAt(this.aliasStart) }));
    }
    this.depth++;
    const value = this.readKind(node, name, keyStart);
    this.depth--;
    return value;
  }

  private readKind(node: unknown, name: string | null, keyStart: number): YamlValue {
    if (library().isAlias(node)) return this.readAlias(node, name, keyStart);
    if (!library().isMap(node) && !library().isSeq(node) && !library().isScalar(node))
      return this.readEmpty(name, keyStart);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    const [start, end] = node.range ?? [keyStart, keyStart];
    // An empty value has no place of its own; its key has.
    if (start === end) return this.readEmpty(name, name === null ? start : keyStart);
    const index = this.aliasDepth > 0 ? -1 : this.builder.open(name, name === null ? start : keyStart, start);
    const value = this.readContent(node);
    if (index >= 0) this.builder.close(index, end);
    return value;
  }

  private readContent(node: YAMLMap | YAMLSeq | Scalar): YamlValue {
    if (library().isMap(node)) return this.readMapping(node);
    if (library().isSeq(node)) return node.items.map((entry) => this.readNode(entry, null, startOf(entry)));
    return this.readScalar(node);
  }

  private readEmpty(name: string | null, keyStart: number): null {
    if (this.aliasDepth === 0) this.builder.close(this.builder.open(name, keyStart, keyStart), keyStart);
    return null;
  }

  /** What an alias repeats has one position: the alias. */
  private readAlias(alias: Alias, name: string | null, keyStart: number): YamlValue {
    const [start, end] = alias.range ?? [keyStart, keyStart];
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      const facts = { alias: alias.source };
      return this.giveUp(yamlDiagnostics.create('unknown-alias', facts, { position: this.spanAt(start) }));
    }
    if (this.aliasDepth === 0) {
      this.aliasStart = start;
      this.builder.close(this.builder.open(name, name === null ? start : keyStart, start), end);
    }
    this.aliasDepth++;
    const value = this.readNode(target, name, start);
    this.aliasDepth--;
    return value;
  }

  private readMapping(mapping: YAMLMap): YamlValue {
    const value: Record<string, YamlValue> = {};
    const keyOffsets = new Map<string, number>();
    for (const pair of mapping.items) this.readPair(pair, value, keyOffsets);
    return value;
  }

  private readPair(pair: Pair, value: Record<string, YamlValue>, keyOffsets: Map<string, number>): void {
    const keyStart = startOf(pair.key);
    const key = this.readKey(pair.key, keyStart);
    if (key === null) return;
    const earlier = keyOffsets.get(key);
    if (earlier !== undefined) {
      const facts = { key, firstLine: this.spanAt(earlier).line };
      this.diagnostics.push(yamlDiagnostics.create('duplicate-key', facts, { position: this.spanAt(keyStart) }));
      return;
    }
    keyOffsets.set(key, keyStart);
    value[key] = this.readNode(pair.value, key, keyStart);
  }

  private readKey(key: unknown, position: number): string | null {
    const span = this.spanAt(position);
    if (!library().isScalar(key) || key.value === null || (key.value === '' && key.source === '' && !isQuoted(key))) {
      return this.refuse(yamlDiagnostics.create('key-is-no-text', {}, { position: span }));
    }
    const text = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    if (text === '<<' && !isQuoted(key))
      return this.refuse(yamlDiagnostics.create('merge-key', {}, { position: span }));
    if (text !== '__proto__') return text;
    return this.refuse(yamlDiagnostics.create('reserved-key', { key: text }, { position: span }));
  }

  private readScalar(scalar: Scalar): YamlValue {
    const { value } = scalar;
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    const start = startOf(scalar);
    const source = this.source.slice(start, scalar.range?.[1] ?? start);
    const position = this.spanAt(start);
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return this.refuse(yamlDiagnostics.create('not-a-number', { source }, { position }));
    }
    if (/[.e]/i.test(source) || exactInteger(source) !== undefined) return value;
    return this.refuse(yamlDiagnostics.create('number-too-large', { source }, { position }));
  }

  /** Reports and goes on without the value. */
  private refuse(diagnostic: Diagnostic): null {
    this.diagnostics.push(diagnostic);
    return null;
  }

  private giveUp(diagnostic: Diagnostic): null {
    this.gaveUp = true;
    return this.refuse(diagnostic);
  }
}

function startOf(node: unknown): number {
  const range =
    library().isMap(node) || library().isSeq(node) || library().isScalar(node) || library().isAlias(node)
      ? node.range
      : null;
  return range?.[0] ?? 0;
}

function isQuoted(scalar: Scalar): boolean {
  return scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
}
