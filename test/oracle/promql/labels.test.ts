import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../../toolkit/host/run-program.ts';
import {
  type Expression,
  inferLabels,
  knownLabels,
  type LabelKnowledge,
  labelFact,
  neverMatchingLabel,
  parseExpression,
} from '../../../toolkit/languages/promql/index.ts';
import { realPrograms } from '../../support/programs.ts';

const programs = realPrograms(['promtool']);

const stored: Readonly<Record<string, readonly string[]>> = {
  cpu: [
    '{job="x",instance="1",mode="idle"}',
    '{job="x",instance="1",mode="user"}',
    '{job="x",instance="2",mode="idle"}',
  ],
  mem: ['{job="x",instance="1"}', '{job="x",instance="2"}', '{job="y",instance="2"}'],
  owner: ['{job="x",team="a"}', '{job="y",team="b"}'],
  odd: ['{job="x",zone="1"}', '{instance="2"}', '{}'],
  lat_bucket: ['{job="x",le="1"}', '{job="x",le="5"}', '{job="x",le="+Inf"}'],
};
const labelsOf: Readonly<Record<string, readonly string[]>> = {
  cpu: ['job', 'instance', 'mode', '__name__'],
  mem: ['job', 'instance', '__name__'],
  owner: ['job', 'team', '__name__'],
  lat_bucket: ['job', 'le', '__name__'],
};

/** Prometheus evaluates expressions on a few series; each that comes out must have the labels that were inferred. */
describe.skipIf(!programs.available)(programs.title('inferred labels, as Prometheus evaluates'), () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opsctl-labels-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const knowledge: LabelKnowledge = ({ metric }) => {
    const labels = metric === null ? undefined : labelsOf[metric];
    return labels === undefined ? null : knownLabels(labels);
  };
  it.each([
    { name: 'with what is known of the metrics', given: knowledge },
    { name: 'with nothing known', given: (() => null) as LabelKnowledge },
  ])('$name', async ({ given }) => {
    const texts = [...new Set(fc.sample(instant(3), { numRuns: 12_000, seed: 101 }))];
    const evaluated = await evaluate(texts, folder);
    expect(evaluated.length, 'most of them give something').toBeGreaterThan(1000);
    const wrong = evaluated.flatMap(({ text, series }) => {
      const found = series.flatMap((labels) => contradictions(text, labels, given));
      return found.length === 0 ? [] : [`${text}: ${found[0]}`];
    });
    expect(wrong).toEqual([]);
  });
});

type Labels = ReadonlyMap<string, string>;

function contradictions(text: string, labels: Labels, knowledge: LabelKnowledge): readonly string[] {
  const parsed = parseExpression(text);
  if (parsed.kind === 'refused') return [parsed.problems[0].text];
  if (isEmpty(parsed.expression, knowledge)) return ['it gives something'];
  const inferred = inferLabels(parsed.expression, knowledge);
  return [...new Set([...inferred.labels.keys(), ...labels.keys()])].flatMap((label) => {
    const fact = labelFact(inferred, label);
    const value = labels.get(label);
    if (fact.presence === 'absent' && value !== undefined) return [`${label} is there`];
    if (fact.presence === 'present' && value === undefined) return [`${label} is not there`];
    if (fact.presence === 'present' && fact.value !== null && fact.value !== value) return [`${label} is ${value}`];
    return [];
  });
}

/** By what is inferred of the two sides, which never match. */
function isEmpty(expression: Expression, knowledge: LabelKnowledge): boolean {
  if (expression.kind !== 'binary' || expression.operator === 'unless') return false;
  return neverMatchingLabel(expression, knowledge) !== null;
}

/** What promtool got where nothing was expected; what cannot be evaluated, or gives nothing, is left out. */
async function evaluate(
  texts: readonly string[],
  folder: string,
): Promise<readonly { readonly text: string; readonly series: readonly Labels[] }[]> {
  const input = Object.entries(stored).flatMap(([metric, all]) =>
    all.map((labels, index) => ({ series: `${metric}${labels}`, values: `${index}+${index + 1}x60` })),
  );
  const asked = texts.map((expr) => ({ expr, eval_time: '30m', exp_samples: [] }));
  const file = join(folder, 'test.yaml');
  const tests = [{ interval: '1m', input_series: input, promql_expr_test: asked }];
  await writeFile(file, JSON.stringify({ rule_files: [], evaluation_interval: '1m', tests }));
  const { stdout, stderr } = await runProgram(programs.path('promtool'), ['test', 'rules', file], {
    timeoutMs: 60_000,
  });
  const failures = `${stdout}${stderr}`.matchAll(/expr: ("(?:[^"\\]|\\.)*"), time: 30m,\n\s+exp: nil\n\s+got: (.*)/g);
  return [...failures].map(([, text = '""', got = '']) => ({ text: JSON.parse(text), series: readSeries(got) }));
}

function readSeries(got: string): readonly Labels[] {
  return [...got.matchAll(/\{([^}]*)\} \S+/g)].map(
    ([, inside = '']) =>
      new Map([...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value])),
  );
}

const label = fc.constantFrom('job', 'instance', 'mode', 'team', 'le', 'zone', 'none');
const labelList = fc.uniqueArray(label, { maxLength: 2 }).map((labels) => `(${labels.join(', ')})`);
const matcher = fc.constantFrom(
  ...[
    'job="x"',
    'job!=""',
    'instance=~"1|2"',
    'mode=""',
    'zone=~".*"',
    'job!~"y|"',
    'instance="2"',
    'none=""',
    'mode=~"idle"',
  ],
);
const selector = fc
  .tuple(fc.constantFrom(...Object.keys(stored)), fc.uniqueArray(matcher, { maxLength: 2 }))
  .map(([metric, matchers]) => (matchers.length === 0 ? metric : `${metric}{${matchers.join(',')}}`));
const range = selector.map((of) => `${of}[10m]`);
const operator = fc.constantFrom('+', '/', '>', '>= bool', '!=', 'atan2');
const matching = fc.oneof(
  fc.constant(''),
  labelList.map((labels) => ` on ${labels}`),
  labelList.map((labels) => ` ignoring ${labels}`),
  fc
    .tuple(labelList, fc.constantFrom('left', 'right'), label)
    .map(([on, side, include]) => ` on ${on} group_${side} (${include})`),
  fc.tuple(labelList, fc.constantFrom('left', 'right')).map(([on, side]) => ` ignoring ${on} group_${side} ()`),
);

function instant(depth: number): fc.Arbitrary<string> {
  const onRange = fc.tuple(
    fc.constantFrom('rate', 'last_over_time', 'max_over_time', 'absent_over_time', 'changes'),
    range,
  );
  const leaf = fc.oneof(
    selector,
    onRange.map(([name, of]) => `${name}(${of})`),
  );
  if (depth === 0) return leaf;
  const inner = instant(depth - 1);
  return fc.oneof(
    leaf,
    fc
      .tuple(fc.constantFrom('abs', 'sort', 'timestamp', 'absent', '-', '+', 'vector(1) + ', 'hour'), inner)
      .map(([f, of]) => `${f}(${of})`),
    fc
      .tuple(fc.constantFrom('sum', 'count', 'group'), fc.constantFrom('by', 'without'), labelList, inner)
      .map(([name, kind, labels, of]) => `${name} ${kind} ${labels} (${of})`),
    fc
      .tuple(fc.constantFrom('topk by (job) (1, ', 'count_values by (job) ("v", ', 'bottomk(2, ', 'sum('), inner)
      .map(([head, of]) => `${head}${of})`),
    fc.tuple(inner, operator, matching, inner).map(([left, of, how, right]) => `(${left}) ${of}${how} (${right})`),
    fc
      .tuple(
        inner,
        fc.constantFrom(
          'and',
          'unless',
          'or',
          'or on (job)',
          'and on (job)',
          'and ignoring (mode)',
          'unless on (team)',
        ),
        inner,
      )
      .map(([left, of, right]) => `(${left}) ${of} (${right})`),
    fc.tuple(inner, fc.constantFrom('> 1', '+ 1', '== bool 1', '< time()')).map(([of, rest]) => `(${of}) ${rest}`),
    inner.map((of) => `histogram_quantile(0.5, ${of})`),
    inner.map((of) => `max_over_time((${of})[5m:1m])`),
    fc
      .tuple(
        inner,
        label,
        fc.constantFrom('$1', 'new', '', '$1-x'),
        label,
        fc.constantFrom('(.*)', '(.+)', 'x', '', '.*', '(i)dle'),
      )
      .map(([of, to, text, from, pattern]) => `label_replace(${of}, "${to}", "${text}", "${from}", "${pattern}")`),
    fc
      .tuple(inner, label, fc.constantFrom('', '-'), fc.array(label, { minLength: 1, maxLength: 2 }))
      .map(
        ([of, to, between, from]) =>
          `label_join(${of}, "${to}", "${between}", ${from.map((name) => `"${name}"`).join(', ')})`,
      ),
  );
}
