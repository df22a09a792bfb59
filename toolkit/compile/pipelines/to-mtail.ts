import { readLinePattern } from '../../languages/line-pattern/index.ts';
import type { FieldTest, Pipeline, PipelineStep, StepOf } from '../../model/index.ts';
import { factorOf } from './convert.ts';
import { type LeafTest, leavesOf, writeTest } from './field-tests.ts';
import { labelName, labelsOf, type MadeMetric, type MetricStep, madeMetrics } from './made-metrics.ts';
import { numberPattern } from './parse-text.ts';
import { readSourcePath } from './source-path.ts';
import { slashed } from './step-reads.ts';
import { syslogPattern } from './syslog.ts';

/**
 * A pipeline as a program of mtail. Every program sees every line of every file, so the first condition is the path.
 * Fields are expressions: a group of the pattern around, or a hidden variable where a value was mapped.
 *
 * Learnt from 3.0.0-rc50: only single conditions can be negated; a counter that is both `++`ed and added a float to stays
 * what it was; a text that is no number ends the program for the line, which is told in its log and so is tested before.
 */
export function toMtail(pipeline: Pipeline): string {
  const program: Program = { pipeline, lines: [], depth: 0, fields: new Map(), hidden: [], groups: new Map() };
  openPath(program);
  if (usesLine(pipeline)) open(program, '/^(?P<line>.*)$/');
  for (const step of pipeline.steps) writeStep(program, step);
  while (program.depth > 0) close(program);
  const declarations = [
    ...madeMetrics(pipeline).map((metric) => declare(pipeline, metric)),
    ...program.hidden.map((name) => `hidden text ${name}`),
  ];
  return `${[...declarations, '', ...program.lines].join('\n')}\n`;
}

interface Program {
  readonly pipeline: Pipeline;
  readonly lines: string[];
  depth: number;
  /** mtail expressions by field. */
  readonly fields: Map<string, string>;
  readonly hidden: string[];
  readonly groups: Map<string, number>;
}

/** Whether something other than a pattern is tried on the line before it was taken apart. */
function usesLine({ steps }: Pipeline): boolean {
  const untilParsed = steps.slice(
    0,
    Math.max(
      0,
      steps.findIndex(({ step }) => step === 'parse'),
    ),
  );
  const conditions = (steps.some(({ step }) => step === 'parse') ? untilParsed : steps).flatMap((step) =>
    'where' in step && step.where !== undefined ? [step.where] : [],
  );
  return conditions.some((test) => leavesOf(test).some(({ field }) => field === 'message'));
}

function declare(pipeline: Pipeline, { name, kind, labels, buckets }: MadeMetric): string {
  const by = labels.map((field) => labelName(pipeline, field));
  const kinds = { count: 'counter', gauge: 'gauge', measure: 'histogram' };
  return [
    `${kinds[kind]} ${name}`,
    ...(by.length === 0 ? [] : [`by ${by.join(', ')}`]),
    ...(buckets.length === 0 ? [] : [`buckets ${buckets.join(', ')}`]),
  ].join(' ');
}

function openPath(program: Program): void {
  const source = readSourcePath(program.pipeline.from);
  if (source !== null) openPattern(program, 'getfilename() =~ ', source.pattern);
}

function writeStep(program: Program, step: PipelineStep): void {
  switch (step.step) {
    case 'join':
      writeJoin(program, step);
      return;
    case 'parse':
      writeParse(program, step);
      return;
    case 'drop':
      writeBlock(program, condition(program, step.where), ['stop']);
      return;
    case 'keep':
      writeBlock(program, condition(program, step.where, true), ['stop']);
      return;
    case 'rename':
      writeRename(program, step);
      return;
    case 'set':
      writeSet(program, step);
      return;
    case 'map':
      writeMap(program, step);
      return;
    case 'convert':
      program.fields.set(step.field, `(${reckoned(program, step.field)} * ${decimal(factorOf(step.from, step.to))})`);
      return;
    case 'remove':
      for (const field of step.fields) program.fields.delete(field);
      return;
    case 'count':
    case 'measure':
    case 'gauge':
      writeMetric(program, step);
      return;
    // Metrics are shown without the time of the record (--emit_metric_timestamp is off), so it is not read either.
    case 'time':
    // What mtail cannot do was told before anything is written.
    case 'redact':
    case 'sample':
    case 'ship':
      return;
    default:
      step satisfies never;
  }
}

/** Its first line stands for a record: all others are passed over. */
function writeJoin(program: Program, { startsWith }: StepOf<'join'>): void {
  openPattern(program, '', startsWith);
}

function writeParse(program: Program, step: StepOf<'parse'>): void {
  const field = step.field ?? 'message';
  const expression = program.fields.get(field);
  openPattern(
    program,
    expression === undefined ? '' : `${expression} =~ `,
    step.as === 'regex' ? step.pattern : syslogPattern,
  );
  const read = readLinePattern(step.as === 'regex' ? step.pattern : syslogPattern);
  if (read.kind === 'invalid') return;
  for (const { name } of read.pattern.groups.filter(
    (group) => program.pipeline.schema?.[group.name]?.type === 'number',
  ))
    open(program, `${program.fields.get(name)} =~ ${slashes(numberPattern)}`);
}

function writeRename(program: Program, { field, to }: StepOf<'rename'>): void {
  const expression = program.fields.get(field);
  if (expression === undefined) return;
  program.fields.delete(field);
  program.fields.set(to, expression);
}

function writeSet(program: Program, { field, to }: StepOf<'set'>): void {
  const expression = typeof to === 'object' ? program.fields.get(to.field) : literal(to);
  if (expression !== undefined) program.fields.set(field, expression);
}

/** Assignments one after the other, so the last key that fits counts. */
function writeMap(program: Program, { field, to = field, values, otherwise }: StepOf<'map'>): void {
  const from = program.fields.get(field);
  if (from === undefined) return;
  const variable = `v${program.hidden.length + 1}_${to.replaceAll('.', '_')}`;
  program.hidden.push(variable);
  write(program, `${variable} = ${otherwise === undefined ? textOf(from) : literal(otherwise)}`);
  for (const [key, value] of Object.entries(values)) {
    const pattern = slashed(key);
    const test = pattern === null ? `${from} == ${literal(key)}` : `${from} =~ ${slashes(pattern)}`;
    writeBlock(program, test, [`${variable} = ${literal(value)}`]);
  }
  program.fields.set(to, variable);
}

function writeMetric(program: Program, step: MetricStep): void {
  const keys = labelsOf(program.pipeline, step).map((field) => `[${textOf(program.fields.get(field) ?? '""')}]`);
  const series = `${step.metric}${keys.join('')}`;
  const action = actionOf(program, step, series);
  if (step.where === undefined) write(program, action);
  else writeBlock(program, condition(program, step.where), [action]);
}

function actionOf(program: Program, step: MetricStep, series: string): string {
  if (step.step !== 'count') return `${series} = ${reckoned(program, step.field)}`;
  return step.sum === undefined ? `${series}++` : `${series} += ${reckoned(program, step.sum)}`;
}

function condition(program: Program, test: FieldTest, isNegated = false): string {
  return writeTest(
    test,
    {
      leaf: (leaf, negated) => leafCondition(program, leaf, negated),
      all: (parts) => parts.map(grouped).join(' && '),
      any: (parts) => parts.map(grouped).join(' || '),
    },
    isNegated,
  );
}

function grouped(part: string): string {
  return part.includes(' && ') || part.includes(' || ') ? `(${part})` : part;
}

function leafCondition(program: Program, test: LeafTest, negated: boolean): string {
  const expression = program.fields.get(test.field);
  if ('matches' in test) {
    return `${expression ?? '$line'} ${negated ? '!~' : '=~'} ${slashes(portable(test.matches))}`;
  }
  const field = expression ?? '$line';
  if ('is' in test) return comparison(field, test.is, negated);
  if ('in' in test) return test.in.map((one) => comparison(field, one, negated)).join(negated ? ' && ' : ' || ');
  const number = `float(${field})`;
  if ('above' in test) return `${number} ${negated ? '<=' : '>'} ${decimal(test.above)}`;
  return `${number} ${negated ? '>=' : '<'} ${decimal(test.below)}`;
}

function comparison(field: string, wanted: string | number, negated: boolean): string {
  const operator = negated ? '!=' : '==';
  if (typeof wanted === 'number') return `float(${field}) ${operator} ${decimal(wanted)}`;
  return `${field} ${operator} ${literal(wanted)}`;
}

function openPattern(program: Program, before: string, pattern: string): void {
  const read = readLinePattern(pattern);
  if (read.kind === 'invalid') return;
  let text = read.pattern.portable;
  for (const { name } of read.pattern.groups) {
    const count = (program.groups.get(name) ?? 0) + 1;
    program.groups.set(name, count);
    // A name that an outer pattern has too would be taken for that.
    const unique = count === 1 ? name : `${name}_${count}`;
    text = text.replace(`(?P<${name}>`, `(?P<${unique}>`);
    program.fields.set(name, `$${unique}`);
  }
  open(program, `${before}${slashes(text)}`);
}

function portable(pattern: string): string {
  const read = readLinePattern(pattern);
  return read.kind === 'pattern' ? read.pattern.portable : pattern;
}

function slashes(pattern: string): string {
  return `/${pattern.replaceAll('/', '\\/')}/`;
}

function literal(value: string | number): string {
  return `"${String(value).replaceAll('"', '\\"')}"`;
}

/** mtail takes `1` for a whole number and reckons on with those. */
function decimal(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function reckoned({ fields }: Program, field: string): string {
  const expression = fields.get(field) ?? '0';
  return expression.startsWith('(') ? expression : `float(${expression})`;
}

/** Where only a text may stand. A sum of ours is a number. */
function textOf(expression: string): string {
  return expression.startsWith('(') ? `string${expression}` : expression;
}

function writeBlock(program: Program, test: string, actions: readonly string[]): void {
  open(program, test);
  for (const action of actions) write(program, action);
  close(program);
}

function open(program: Program, test: string): void {
  write(program, `${test} {`);
  program.depth += 1;
}

function close(program: Program): void {
  program.depth -= 1;
  write(program, '}');
}

function write(program: Program, line: string): void {
  program.lines.push(`${'  '.repeat(program.depth)}${line}`);
}
