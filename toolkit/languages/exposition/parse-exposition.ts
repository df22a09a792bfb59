import { sampleKey } from './sample-key.ts';

/** A page in the text format of Prometheus, version 0.0.4, as node_exporter reads it from a text file. */
export interface Exposition {
  readonly samples: readonly ExpositionSample[];
  /** By the name of the metric. */
  readonly types: ReadonlyMap<string, string>;
  readonly help: ReadonlyMap<string, string>;
  readonly problems: readonly ExpositionProblem[];
}

export interface ExpositionSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** From 1. */
  readonly line: number;
}

export interface ExpositionProblem {
  readonly line: number;
  /** Behind "line 3: ". */
  readonly what: string;
}

/**
 * Reads what is right and names what is wrong, line by line. Stricter than a scrape in what a text file may not have:
 * timestamps, which node_exporter refuses, and a type that comes after its samples.
 */
export function parseExposition(text: string): Exposition {
  const page = new Page();
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) page.take(line, index + 1);
  if (text !== '' && lines.at(-1) !== '') page.tell(lines.length, 'the last line has no end: a line break is missing');
  return page;
}

class Page implements Exposition {
  readonly samples: ExpositionSample[] = [];
  readonly types = new Map<string, string>();
  readonly help = new Map<string, string>();
  readonly problems: ExpositionProblem[] = [];
  readonly #seen = new Map<string, number>();
  readonly #ended = new Set<string>();
  #current = '';

  take(line: string, number: number): void {
    if (line.endsWith('\r')) this.tell(number, 'it ends with a carriage return');
    const text = line.trim();
    if (text === '') return;
    if (text.startsWith('#')) this.#takeComment(text, number);
    else this.#takeSample(text, number);
  }

  tell(line: number, what: string): void {
    this.problems.push({ line, what });
  }

  #takeComment(text: string, line: number): void {
    const [, kind, name = '', rest = ''] = /^#\s*(HELP|TYPE)\s+(\S+)(?:\s+(.*))?$/.exec(text) ?? [];
    if (kind === undefined) return;
    const known = kind === 'TYPE' ? this.types : this.help;
    if (known.has(name)) this.tell(line, `${kind} of ${name} is there a second time`);
    if (kind === 'TYPE' && !knownTypes.includes(rest)) this.tell(line, `${rest || 'nothing'} is no type`);
    if (kind === 'TYPE' && this.samples.some((sample) => sample.name === name)) {
      this.tell(line, `TYPE of ${name} stands behind its samples`);
    }
    known.set(name, rest);
  }

  #takeSample(text: string, line: number): void {
    const sample = readSample(text);
    if (typeof sample === 'string') {
      this.tell(line, sample);
      return;
    }
    const { name, labels, hasTimestamp } = sample;
    if (hasTimestamp) this.tell(line, 'it has a timestamp, which node_exporter refuses in a text file');
    this.#noteOrder(name, line);
    this.#noteDouble(sampleKey(name, labels), line);
    this.samples.push({ name, labels, value: sample.value, line });
  }

  /** All samples of a metric stand together. */
  #noteOrder(name: string, line: number): void {
    if (name === this.#current) return;
    if (this.#ended.has(name)) this.tell(line, `the samples of ${name} do not stand together`);
    this.#ended.add(this.#current);
    this.#current = name;
  }

  #noteDouble(key: string, line: number): void {
    const first = this.#seen.get(key);
    if (first === undefined) this.#seen.set(key, line);
    else this.tell(line, `${key} is there a second time, first in line ${first}`);
  }
}

const knownTypes: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];

/** What a line says, or what is wrong with it. */
function readSample(text: string): (Omit<ExpositionSample, 'line'> & { readonly hasTimestamp: boolean }) | string {
  const found = /^([a-zA-Z_:][\w:]*)\s*(\{.*\})?\s+(\S+)(?:\s+(\S+))?$/.exec(text);
  if (found === null) return `${JSON.stringify(shortened(text))} is no sample`;
  const [, name = '', braces = '', number = '', timestamp] = found;
  const labels = readLabels(braces);
  if (typeof labels === 'string') return labels;
  const value = readNumber(number);
  if (value === null) return `${JSON.stringify(shortened(number))} is no number`;
  return { name, labels, value, hasTimestamp: timestamp !== undefined };
}

/** The labels, or what is wrong with them. */
function readLabels(braces: string): Readonly<Record<string, string>> | string {
  const labels: Record<string, string> = {};
  let rest = braces.slice(1, -1).trim();
  while (rest !== '') {
    const found = /^([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\\n]|\\[\\n"])*)"\s*(?:,\s*|$)/.exec(rest);
    if (found === null) return `${JSON.stringify(shortened(rest))} is no label with a quoted value`;
    const [whole, name = '', value = ''] = found;
    if (Object.hasOwn(labels, name)) return `the label ${name} is there a second time`;
    labels[name] = value.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    rest = rest.slice(whole.length);
  }
  return labels;
}

/** As Go reads one; hexadecimal and underscores are for nobody. */
function readNumber(text: string): number | null {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special === null) return null;
  if (/nan/i.test(text)) return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
