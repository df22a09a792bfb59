/** What a template of Prometheus uses, and what is wrong with it. */
export interface ReadTemplate {
  /** Names after `$labels.` and `.Labels.` outside of `range` and `with`, where the dot is something else. */
  readonly labels: readonly string[];
  readonly usesValue: boolean;
  readonly problem: TemplateProblem | null;
  /** Functions that the value is handed to: `humanize`. */
  readonly functions: readonly string[];
}

export interface TemplateProblem {
  readonly text: string;
  readonly found?: string;
}

/** Go's own functions and those of Prometheus 2.42 and later. */
const functions = new Set([
  ...['and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery'],
  ...['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'break', 'continue'],
  ...['query', 'first', 'label', 'value', 'strvalue', 'args', 'reReplaceAll', 'safeHtml', 'match', 'title', 'toUpper'],
  ...['toLower', 'graphLink', 'tableLink', 'sortByLabel', 'stripPort', 'stripDomain', 'humanize', 'humanize1024'],
  ...['humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'toTime', 'pathPrefix', 'externalURL'],
  ...['parseDuration', 'tmpl', 'urlQueryEscape', 'toDuration', 'now'],
]);

/** Alone in an action, they fail when the alert fires. */
const needsArgument = new Set(
  [...functions].filter(
    (name) => !/^(?:print|printf|println|and|or|externalURL|pathPrefix|now|break|continue|args|safeHtml)$/.test(name),
  ),
);

const keywords = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'true', 'false', 'nil']);
const opening = new Set(['if', 'range', 'with', 'define', 'block']);
const knownVariables = new Set(['$labels', '$value', '$externalLabels', '$externalURL']);

const action = /\{\{-?\s*((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|(?!\}\})[\s\S])*?)\s*-?\}\}/g;
const word =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\$\w*(?:\.\w+)*|\d[\w.]*|\.\w+(?:\.\w+)*|\.|[A-Za-z_]\w*|:=|[^\s]/g;

/** Reads a template as Go's text/template would, as far as balance, names of functions and variables go. */
export function readTemplate(text: string): ReadTemplate {
  if (!text.includes('{{')) return plain;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = new TemplateReader().read(text);
  if (remembered.size >= rememberedAtMost) remembered.clear();
  remembered.set(text, read);
  return read;
}

const plain: ReadTemplate = { labels: [], usesValue: false, problem: null, functions: [] };
const remembered = new Map<string, ReadTemplate>();
const rememberedAtMost = 20_000;

interface Action {
  readonly start: number;
  readonly end: number;
  /** Without the blanks and dashes at its ends. */
  readonly content: string;
}

/** Braces may stand in quotes, for which there is the pattern; without any, the first ones that close are the right ones. */
function nextAction(text: string, from: number): Action | null {
  const start = text.indexOf('{{', from);
  const closing = start < 0 ? -1 : text.indexOf('}}', start + 2);
  if (closing < 0) return null;
  const inner = text.slice(start + 2, closing);
  if (!quotes.test(inner)) return { start, end: closing + 2, content: trimAction(inner) };
  action.lastIndex = start;
  const match = action.exec(text);
  return match === null ? null : { start: match.index, end: action.lastIndex, content: match[1] ?? '' };
}

const quotes = /["`']/;

function trimAction(inner: string): string {
  const begun = inner.startsWith('-') ? inner.slice(1) : inner;
  return (begun.endsWith('-') ? begun.slice(0, -1) : begun).trim();
}

/** Rules differ in their texts, and hardly in what stands between the braces. */
const words = new Map<string, readonly string[]>();

function wordsOf(content: string): readonly string[] {
  const known = words.get(content);
  if (known !== undefined) return known;
  const found: readonly string[] = content.match(word) ?? [];
  if (words.size >= rememberedAtMost) words.clear();
  words.set(content, found);
  return found;
}

class TemplateReader {
  private readonly labels: string[] = [];
  private readonly used: string[] = [];
  private readonly variables = new Set(knownVariables);
  private readonly open: string[] = [];
  private usesValue = false;
  private problem: TemplateProblem | null = null;

  read(text: string): ReadTemplate {
    let end = 0;
    for (let next = nextAction(text, 0); next !== null; next = nextAction(text, end)) {
      this.checkBetween(text, end, next.start);
      this.readAction(next.content);
      end = next.end;
    }
    this.checkBetween(text, end, text.length);
    const last = this.open.at(-1);
    if (last !== undefined) this.tell({ text: `{{ ${last} }} has no {{ end }}.` });
    return { labels: this.labels, usesValue: this.usesValue, problem: this.problem, functions: this.used };
  }

  /** Text that holds `{{` was not read as an action. */
  private checkBetween(text: string, start: number, end: number): void {
    const at = text.indexOf('{{', start);
    if (at < 0 || at + 2 > end) return;
    this.tell({ text: 'An action {{ is not closed with }}.', found: text.slice(at, Math.min(at + 30, end)) });
  }

  private readAction(content: string): void {
    if (content.startsWith('/*')) return;
    const words = wordsOf(content);
    if (words.length === 0) this.tell({ text: 'An action {{ }} is empty.' });
    const [head = ''] = words;
    if (words.length === 1 && needsArgument.has(head))
      this.tell({ text: `${head} is a function here, and is given nothing. Is $${head} meant?`, found: head });
    // What `with` and `range` are given is still seen from outside.
    words.forEach((part, index) => {
      this.readWord(part, words[index + 1], content);
    });
    this.followBlocks(head, words[1]);
  }

  private followBlocks(head: string, second: string | undefined): void {
    if (head === 'end') {
      if (this.open.pop() === undefined) this.tell({ text: 'An {{ end }} has nothing to end.' });
    } else if (head === 'else') {
      if (this.open.length === 0) this.tell({ text: 'An {{ else }} stands in no {{ if }}.' });
    } else if (opening.has(head)) this.open.push(head);
    if (second === undefined && /^(?:if|range|with)$/.test(head))
      this.tell({ text: `{{ ${head} }} has no condition.` });
  }

  private readWord(part: string, after: string | undefined, content: string): void {
    if (part.startsWith('$')) this.readVariable(part, after);
    else if (part.startsWith('.')) this.readField(part);
    else if (/^[A-Za-z_]/.test(part) && !keywords.has(part)) this.readFunction(part, content);
    else if (/^["`']$/.test(part)) this.tell({ text: 'A text in quotes is not closed.', found: content });
  }

  private readVariable(part: string, after: string | undefined): void {
    const [name = '', ...path] = part.split('.');
    if (after === ':=' || after === ',') this.variables.add(name);
    else if (name !== '$' && !this.variables.has(name))
      this.tell({ text: `${name} is no variable of Prometheus' templates.`, found: name });
    if (name === '$labels' && path[0] !== undefined) this.labels.push(path[0]);
    if (name === '$value') this.usesValue = true;
  }

  private readField(part: string): void {
    if (this.open.some((block) => block !== 'if')) return;
    const [, first, second] = part.split('.');
    if (first === 'Labels' && second !== undefined) this.labels.push(second);
    else if (first === 'Value') this.usesValue = true;
    else if (first !== undefined && first !== '' && !/^(?:Labels|ExternalLabels|ExternalURL)$/.test(first))
      this.tell({ text: `.${first} is no field of Prometheus' templates.`, found: `.${first}` });
  }

  private readFunction(name: string, content: string): void {
    this.used.push(name);
    if (!functions.has(name))
      this.tell({ text: `Prometheus' templates have no function ${name}.`, found: content.slice(0, 80) });
  }

  private tell(problem: TemplateProblem): void {
    this.problem ??= problem;
  }
}
