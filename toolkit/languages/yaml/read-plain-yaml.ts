import { readPlainScalar } from './plain-scalar.ts';
import { type YamlTree, YamlTreeBuilder } from './yaml-tree.ts';
import type { YamlValue } from './yaml-value.ts';

export type PlainYaml =
  | { readonly kind: 'tree'; readonly tree: YamlTree }
  /** Something stands at the offset that this reader leaves to the yaml package: rarer syntax, or an error. */
  | { readonly kind: 'unusual'; readonly offset: number };

/**
 * Reads the part of YAML that inventories, bindings and rule files are written in: block lists and mappings, texts on
 * one line, `{}` and `[]` on one line, literal blocks (`|`), comments. It never guesses: at the first thing it is not
 * sure of, an error included, it gives up, and the yaml package reads the file from the start. The source has no
 * carriage return but before a line feed.
 */
export function readPlainYaml(source: string): PlainYaml {
  const reader = new PlainYamlReader(source);
  try {
    return { kind: 'tree', tree: reader.read() };
  } catch (error) {
    if (error === unusual) return { kind: 'unusual', offset: reader.offset };
    throw error;
  }
}

const unusual = new Error('Syntax for the yaml package.');

const maximumDepth = 100;
const longestKey = 1000;

const [tab, carriageReturn, space] = [9, 13, 32];
const [doubleQuote, hash, quote, comma, dash, colon, backslash] = [34, 35, 39, 44, 45, 58, 92];
const [openBracket, closeBracket, bar, openBrace, closeBrace] = [91, 93, 124, 123, 125];

// What a text without quotes may not begin with; a dash, a colon and a question mark may when no blank follows.
const indicators = new Set([...'[]{},#&*!|>\'"%@`?:-'].map((character) => character.charCodeAt(0)));

// What a further line of a text may begin with and, before a blank, a reader could take for something else.
const notAtLineStart = new Set([...'?:-'].map((character) => character.charCodeAt(0)));

interface Occurrences {
  next(from: number): number;
}

/** Remembers the last find, so that a file without the text is searched once and not once for each line. */
function occurrencesOf(source: string, text: string): Occurrences {
  let [searchedFrom, found] = [0, -1];
  return {
    next(from) {
      if (from >= searchedFrom && from <= found) return found;
      searchedFrom = from;
      found = source.indexOf(text, from);
      if (found < 0) found = Number.POSITIVE_INFINITY;
      return found;
    },
  };
}

/** The cursor stands on the first character of a line's content, which is `indent` columns in; -1 is the end. */
class PlainYamlReader {
  offset = 0;
  private indent = -1;
  private lineEnd = 0;
  private depth = 0;
  /** Where the value that was read last ends. */
  private lastEnd = 0;
  private sawContent = false;
  private readonly source: string;
  private readonly colons: Occurrences;
  private readonly comments: Occurrences;
  private readonly tree = new YamlTreeBuilder();

  constructor(source: string) {
    this.source = source;
    this.colons = occurrencesOf(source, ':');
    this.comments = occurrencesOf(source, ' #');
  }

  read(): YamlTree {
    this.enterLine(0);
    if (this.indent === 0 && /^---[ \r]*$/.test(this.source.slice(this.offset, this.lineEnd))) this.nextLine();
    if (this.indent < 0) return this.readNothing();
    const value = this.readBlock(null, this.offset, -1);
    if (this.indent >= 0) throw unusual;
    return this.tree.finish(value);
  }

  private readNothing(): YamlTree {
    this.tree.close(this.tree.open(null, 0, 0), 0);
    return this.tree.finish(null);
  }

  // Lines

  private nextLine(): void {
    this.enterLine(this.lineEnd + 1);
  }

  /** Goes to the content of the first line from `start` on that has any; blank lines and comments are none. */
  private enterLine(start: number): void {
    const { source } = this;
    let lineStart = start;
    while (lineStart < source.length) {
      let offset = lineStart;
      while (source.charCodeAt(offset) === space) offset++;
      this.offset = offset;
      this.lineEnd = source.indexOf('\n', offset);
      if (this.lineEnd < 0) this.lineEnd = source.length;
      if (!this.isBlankFrom(offset)) {
        this.indent = offset - lineStart;
        if (this.indent === 0) this.refuseMarkers(offset);
        return;
      }
      lineStart = this.lineEnd + 1;
    }
    this.indent = -1;
    this.offset = source.length;
  }

  /** True at the end of a line or at a comment. */
  private isBlankFrom(offset: number): boolean {
    const code = this.source.charCodeAt(offset);
    if (offset >= this.lineEnd || code === hash) return true;
    if (code === tab) throw unusual;
    return code === carriageReturn;
  }

  /** Directives, and the marks between documents; one `---` at the very start is fine. */
  private refuseMarkers(offset: number): void {
    const code = this.source.charCodeAt(offset);
    if (code === 37) throw unusual;
    if (code !== dash && code !== 46) return;
    const mark = this.source.slice(offset, offset + 3);
    if (mark === '...') throw unusual;
    if (mark === '---' && this.sawContent) throw unusual;
  }

  // Blocks

  /** Reads the list or mapping that begins at the cursor. `outer` is the indentation of what holds it. */
  private readBlock(name: string | null, keyStart: number, outer: number): YamlValue {
    this.sawContent = true;
    if (this.indent <= outer) throw unusual;
    if (this.isDash(this.offset)) return this.readList(name, keyStart, this.indent);
    return this.readMapping(name, keyStart, this.indent);
  }

  private isDash(offset: number): boolean {
    return this.source.charCodeAt(offset) === dash && this.isGap(offset + 1);
  }

  /** A blank or the end of the line. */
  private isGap(offset: number): boolean {
    const code = this.source.charCodeAt(offset);
    return code === space || code === carriageReturn || offset >= this.lineEnd;
  }

  private readList(name: string | null, keyStart: number, indent: number): YamlValue {
    this.descend();
    const node = this.tree.open(name, keyStart, this.offset);
    const entries: YamlValue[] = [];
    let end = this.offset;
    while (this.indent === indent && this.isDash(this.offset)) {
      entries.push(this.readEntry(indent));
      end = this.lastEnd;
    }
    this.ascend(node, indent, end);
    return entries;
  }

  private readEntry(indent: number): YamlValue {
    const dashAt = this.offset;
    const start = this.skipSpaces(dashAt + 1);
    if (this.isBlankFrom(start)) {
      this.nextLine();
      if (this.indent > indent) return this.readBlock(null, this.offset, indent);
      return this.readNull(null, dashAt);
    }
    this.offset = start;
    if (this.isDash(start) || this.keyEnd(start) >= 0) {
      this.indent = indent + start - dashAt;
      return this.readBlock(null, start, indent);
    }
    return this.readInline(null, start, indent);
  }

  private skipSpaces(offset: number): number {
    let at = offset;
    while (this.source.charCodeAt(at) === space) at++;
    return at;
  }

  private readNull(name: string | null, keyStart: number): null {
    this.tree.close(this.tree.open(name, keyStart, keyStart), keyStart);
    this.lastEnd = keyStart;
    return null;
  }

  private readMapping(name: string | null, keyStart: number, indent: number): YamlValue {
    this.descend();
    const node = this.tree.open(name, keyStart, this.offset);
    const value: Record<string, YamlValue> = {};
    let end = this.offset;
    while (this.indent === indent) {
      this.readField(value, indent);
      end = this.lastEnd;
    }
    this.ascend(node, indent, end);
    return value;
  }

  private readField(value: Record<string, YamlValue>, indent: number): void {
    const keyStart = this.offset;
    const keyEnd = this.keyEnd(keyStart);
    if (keyEnd < 0) throw unusual;
    const key = this.readKey(keyStart, keyEnd);
    if (Object.hasOwn(value, key) || key === '__proto__') throw unusual;
    const start = this.skipSpaces(keyEnd + 1);
    if (!this.isBlankFrom(start)) {
      this.offset = start;
      value[key] = this.readInline(key, keyStart, indent);
      return;
    }
    // A comment needs a blank before it: `key:#x` is one word.
    if (start === keyEnd + 1 && this.source.charCodeAt(start) === hash) throw unusual;
    this.nextLine();
    value[key] = this.readFieldBlock(key, keyStart, indent);
  }

  /** A list may stand under its key without being indented further; a mapping may not. */
  private readFieldBlock(key: string, keyStart: number, indent: number): YamlValue {
    if (this.indent > indent) return this.readBlock(key, keyStart, indent);
    if (this.indent === indent && this.isDash(this.offset)) return this.readList(key, keyStart, indent);
    return this.readNull(key, keyStart);
  }

  /** Offset of the colon that ends the key at `start`; -1 when no key stands there. */
  private keyEnd(start: number): number {
    const { source } = this;
    const code = source.charCodeAt(start);
    if (code === doubleQuote || code === quote) {
      const end = this.quotedEnd(start);
      return source.charCodeAt(end) === colon && this.isGap(end + 1) ? end : -1;
    }
    if (indicators.has(code)) return -1;
    let end = this.colons.next(start);
    while (end < this.lineEnd && !this.isGap(end + 1)) end = this.colons.next(end + 1);
    if (end >= this.lineEnd) return -1;
    const before = source.charCodeAt(end - 1);
    if (before === space || before === tab || end - start > longestKey) throw unusual;
    return end;
  }

  private readKey(start: number, end: number): string {
    const code = this.source.charCodeAt(start);
    if (code === doubleQuote || code === quote) return this.unquote(start, end);
    const key = this.source.slice(start, end);
    if (key === '<<' || key === 'null' || key === '~' || key === 'Null' || key === 'NULL') throw unusual;
    if (key.includes(' #') || key.includes('\t')) throw unusual;
    return key;
  }

  // Values on the line of their key or dash

  private readInline(name: string | null, keyStart: number, indent: number): YamlValue {
    const start = this.offset;
    const nameStart = name === null ? start : keyStart;
    const code = this.source.charCodeAt(start);
    if (code === bar) return this.readLiteral(name, nameStart, indent);
    if (code === doubleQuote || code === quote) return this.readQuoted(name, nameStart, indent);
    if (code === openBracket || code === openBrace) return this.readFlowLine(name, nameStart, indent);
    return this.readBare(name, nameStart, indent);
  }

  private readBare(name: string | null, keyStart: number, indent: number): YamlValue {
    const start = this.offset;
    this.refuseIndicator(start, this.isGap(start + 1));
    let end = this.bareEnd(start);
    let text = this.bareText(start, end);
    for (let lineStart = start; this.goesOnBelow(lineStart, indent); lineStart = this.offset) {
      end = this.bareEnd(this.offset);
      text += ` ${this.bareText(this.offset, end)}`;
    }
    this.closeScalar(name, keyStart, start, end);
    return this.resolve(text);
  }

  private bareText(start: number, end: number): string {
    const text = this.source.slice(start, end);
    if (text.includes(': ') || text.endsWith(':') || text.includes('\t')) throw unusual;
    return text;
  }

  /** Goes to the next line, and says whether the text from `lineStart` on goes on there: it is indented further. */
  private goesOnBelow(lineStart: number, indent: number): boolean {
    const isCut = this.comments.next(lineStart) < this.lineEnd;
    const next = this.lineEnd + 1;
    this.nextLine();
    if (this.indent <= indent) return false;
    // A comment ends the text, and a blank line is a line end in it.
    const isNext = this.offset - this.indent === next;
    if (isCut || !isNext || indent < 0 || this.beginsOther(this.offset)) throw unusual;
    return true;
  }

  /** `- ` and the like, and a comment; `-1` and `-}}` are text. */
  private beginsOther(offset: number): boolean {
    const code = this.source.charCodeAt(offset);
    return code === hash || (notAtLineStart.has(code) && this.isGap(offset + 1));
  }

  private refuseIndicator(offset: number, gapFollows: boolean): void {
    const code = this.source.charCodeAt(offset);
    if (!indicators.has(code)) return;
    if ((code === dash || code === colon || code === 63) && !gapFollows) return;
    throw unusual;
  }

  /** Where a text without quotes ends: before a comment, or at the end of the line without the blanks there. */
  private bareEnd(start: number): number {
    const { source } = this;
    let end = Math.min(this.comments.next(start), this.lineEnd);
    if (end === this.lineEnd && source.charCodeAt(end - 1) === carriageReturn) end--;
    while (source.charCodeAt(end - 1) === space) end--;
    return end;
  }

  private resolve(text: string): YamlValue {
    const value = readPlainScalar(text);
    if (value === undefined) throw unusual;
    return value;
  }

  private closeScalar(name: string | null, keyStart: number, start: number, end: number): void {
    this.tree.close(this.tree.open(name, keyStart, start), end);
    this.lastEnd = end;
  }

  /** Goes to the next line, which may not be indented further: that would be a text over several lines. */
  private leaveLine(indent: number): void {
    this.nextLine();
    if (this.indent > indent) throw unusual;
  }

  private readQuoted(name: string | null, keyStart: number, indent: number): YamlValue {
    const start = this.offset;
    const isLong = this.closingQuote(start, this.lineEnd) < 0;
    const end = isLong ? this.longQuoteEnd(start) : this.quotedEnd(start);
    const text = isLong ? this.foldedQuote(start, end, indent) : this.unquote(start, end);
    this.requireLineEnd(end);
    this.closeScalar(name, keyStart, start, end);
    this.leaveLine(indent);
    return text;
  }

  /** Offset after the quote that closes, before `limit`; -1 when there is none. */
  private closingQuote(start: number, limit: number): number {
    const { source } = this;
    const mark = source.charCodeAt(start);
    for (let at = start + 1; at < limit; at++) {
      const code = source.charCodeAt(at);
      if (mark === doubleQuote && code === backslash) at++;
      else if (code === mark && mark === quote && source.charCodeAt(at + 1) === quote) at++;
      else if (code === mark) return at + 1;
    }
    return -1;
  }

  /** Offset after the quote that closes further down; what follows it is on that line. */
  private longQuoteEnd(start: number): number {
    const end = this.closingQuote(start, this.source.length);
    if (end < 0) throw unusual;
    const lineEnd = this.source.indexOf('\n', end);
    this.lineEnd = lineEnd < 0 ? this.source.length : lineEnd;
    return end;
  }

  /** A line end inside quotes is a blank; where a backslash escapes it, or a blank beside it, readers take care. */
  private foldedQuote(start: number, end: number, indent: number): string {
    const lines = this.source.slice(start + 1, end - 1).split('\n');
    const last = lines.length - 1;
    const folded = lines.map((line, index) => {
      const fromLeft = index === 0 ? line : line.trimStart();
      if (index > 0 && line.length - fromLeft.length <= Math.max(indent, 0)) throw unusual;
      const text = index === last ? fromLeft : fromLeft.trimEnd();
      if (text.trim() === '' || (index < last && /\\\s*$/.test(line))) throw unusual;
      return text;
    });
    return this.unquoted(folded.join(' '), this.source.charCodeAt(start));
  }

  /** Offset after the closing quote, which must be on the same line. */
  private quotedEnd(start: number): number {
    const end = this.closingQuote(start, this.lineEnd);
    if (end < 0) throw unusual;
    return end;
  }

  private unquote(start: number, end: number): string {
    return this.unquoted(this.source.slice(start + 1, end - 1), this.source.charCodeAt(start));
  }

  private unquoted(inner: string, mark: number): string {
    if (inner.includes('\t')) throw unusual;
    if (mark === quote) return inner.includes("'") ? inner.replaceAll("''", "'") : inner;
    if (!inner.includes('\\')) return inner;
    if (!/^(?:[^\\]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*$/.test(inner)) throw unusual;
    return JSON.parse(`"${inner}"`) as string;
  }

  /** After a closing quote or bracket only blanks and a comment, with a blank before it, may follow. */
  private requireLineEnd(end: number): void {
    const rest = this.skipSpaces(end);
    if (!this.isBlankFrom(rest) || (rest === end && this.source.charCodeAt(rest) === hash)) throw unusual;
  }

  // `{}` and `[]` on one line

  private readFlowLine(name: string | null, keyStart: number, indent: number): YamlValue {
    const value = this.readFlow(name, keyStart);
    this.requireLineEnd(this.offset);
    this.leaveLine(indent);
    return value;
  }

  private readFlow(name: string | null, keyStart: number): YamlValue {
    const start = this.offset;
    const nameStart = name === null ? start : keyStart;
    const code = this.source.charCodeAt(start);
    if (code === openBracket) return this.readFlowList(name, nameStart);
    if (code === openBrace) return this.readFlowMapping(name, nameStart);
    const end = code === doubleQuote || code === quote ? this.quotedEnd(start) : this.flowBareEnd(start);
    const isText = code === doubleQuote || code === quote;
    const value = isText ? this.unquote(start, end) : this.resolve(this.source.slice(start, end));
    this.closeScalar(name, nameStart, start, end);
    this.offset = end;
    return value;
  }

  private readFlowList(name: string | null, keyStart: number): YamlValue {
    this.descend();
    const node = this.tree.open(name, keyStart, this.offset);
    const entries: YamlValue[] = [];
    this.offset = this.skipSpaces(this.offset + 1);
    if (this.source.charCodeAt(this.offset) !== closeBracket) {
      do entries.push(this.readFlow(null, this.offset));
      while (this.goesOn(closeBracket));
    }
    this.closeFlow(node);
    return entries;
  }

  private readFlowMapping(name: string | null, keyStart: number): YamlValue {
    this.descend();
    const node = this.tree.open(name, keyStart, this.offset);
    const value: Record<string, YamlValue> = {};
    this.offset = this.skipSpaces(this.offset + 1);
    if (this.source.charCodeAt(this.offset) !== closeBrace) {
      do this.readFlowField(value);
      while (this.goesOn(closeBrace));
    }
    this.closeFlow(node);
    return value;
  }

  private closeFlow(node: number): void {
    this.offset++;
    this.depth--;
    this.lastEnd = this.offset;
    this.tree.close(node, this.offset);
  }

  private readFlowField(value: Record<string, YamlValue>): void {
    const keyStart = this.offset;
    const code = this.source.charCodeAt(keyStart);
    const isText = code === doubleQuote || code === quote;
    const keyEnd = isText ? this.quotedEnd(keyStart) : this.flowBareEnd(keyStart);
    const key = this.readKey(keyStart, keyEnd);
    if (Object.hasOwn(value, key) || key === '__proto__' || keyEnd - keyStart > longestKey) throw unusual;
    if (this.source.charCodeAt(keyEnd) !== colon) throw unusual;
    this.offset = this.skipSpaces(keyEnd + 1);
    if (this.offset === keyEnd + 1 && !isText) throw unusual;
    value[key] = this.readFlow(key, keyStart);
  }

  /** True after a comma; false at the closing bracket. */
  private goesOn(close: number): boolean {
    this.offset = this.skipSpaces(this.offset);
    const code = this.source.charCodeAt(this.offset);
    if (code === close) return false;
    if (code !== comma) throw unusual;
    this.offset = this.skipSpaces(this.offset + 1);
    return true;
  }

  private flowBareEnd(start: number): number {
    const { source } = this;
    if (indicators.has(source.charCodeAt(start)) && !/^-[\w.]/.test(source.slice(start, start + 2))) throw unusual;
    let end = start;
    for (; end < this.lineEnd; end++) {
      const code = source.charCodeAt(end);
      if (code === comma || code === closeBracket || code === closeBrace) break;
      if (code === colon && this.isGap(end + 1)) break;
      // Brackets, `#` and a colon before one of them are where readers differ.
      if (code === openBracket || code === openBrace || code === hash || code === tab) throw unusual;
      if (code === colon && ',[]{}'.includes(source.charAt(end + 1))) throw unusual;
    }
    if (end >= this.lineEnd || end === start) throw unusual;
    if (source.charCodeAt(end) === colon) return source.charCodeAt(end - 1) === space ? this.refuse() : end;
    while (source.charCodeAt(end - 1) === space) end--;
    return end;
  }

  private refuse(): never {
    throw unusual;
  }

  // Literal blocks

  private readLiteral(name: string | null, keyStart: number, indent: number): YamlValue {
    const { source } = this;
    const start = this.offset;
    const header = /^\|([-+]?) *(?:(?<= )#.*)?\r?$/.exec(source.slice(start, this.lineEnd));
    if (header === null || this.lineEnd >= source.length) throw unusual;
    const { text, end, next } = this.literalLines(this.lineEnd + 1, indent);
    this.closeScalar(name, keyStart, start, end);
    this.enterLine(next);
    if (this.indent > indent) throw unusual;
    if (header[1] === '+') return text;
    const body = text.replace(/\n+$/, '');
    return header[1] === '-' || body === '' ? body : `${body}\n`;
  }

  /** The lines that are indented as far as the first one, without that indentation, and the blank ones among them. */
  private literalLines(from: number, outer: number): { text: string; end: number; next: number } {
    const { source } = this;
    const lines: string[] = [];
    let inner = -1;
    let end = from;
    let lineStart = from;
    while (lineStart < source.length) {
      const lineEnd = source.indexOf('\n', lineStart);
      // Without a last line end, readers differ about the text's.
      if (lineEnd < 0) throw unusual;
      const contentEnd = source.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
      const offset = this.skipSpaces(lineStart);
      const isBlank = offset >= contentEnd;
      if (!isBlank && inner < 0) inner = offset - lineStart;
      if (!isBlank && (offset - lineStart < inner || inner <= outer)) break;
      if (isBlank && inner < 0 && offset > lineStart) throw unusual;
      lines.push(
        isBlank && offset - lineStart <= inner ? '' : source.slice(lineStart + Math.max(inner, 0), contentEnd),
      );
      if (!isBlank) end = contentEnd;
      lineStart = lineEnd + 1;
    }
    if (inner <= outer) throw unusual;
    return { text: `${lines.join('\n')}\n`, end, next: lineStart };
  }

  // Depth

  private descend(): void {
    if (++this.depth > maximumDepth) throw unusual;
  }

  private ascend(node: number, indent: number, end: number): void {
    this.depth--;
    if (this.indent > indent) throw unusual;
    this.tree.close(node, end);
    this.lastEnd = end;
  }
}
