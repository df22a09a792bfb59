import { parseExposition, sampleKey } from '../../languages/exposition/index.ts';
import type { CollectionScript, ScriptTest } from '../../model/index.ts';

/** How a run ended. */
interface ScriptRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is wrong with what a script printed: as an exposition, against its declaration, against what a test expects. */
export function judgeOutput(script: CollectionScript, { expect }: ScriptTest, run: ScriptRun): readonly string[] {
  if (expect === 'failure') return run.exitCode === 0 ? ['it ends with 0, and was to fail'] : [];
  if (run.exitCode !== 0) return [`it ends with ${run.exitCode}${said(run.stderr)}`];
  const page = parseExposition(run.stdout);
  const found = new Map(page.samples.map(({ name, labels, value }) => [sampleKey(name, labels), value]));
  return [
    ...page.problems.map(({ line, what }) => `line ${line}: ${what}`),
    ...judgeContract(script, page),
    ...compareSamples(found, expect),
  ];
}

function said(stderr: string): string {
  const last = stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  return last === '' ? '' : ` and says ${JSON.stringify(last)}`;
}

function judgeContract({ outputs }: CollectionScript, page: ReturnType<typeof parseExposition>): readonly string[] {
  const declared = new Map(outputs.map((output) => [output.name, output]));
  const printed = Map.groupBy(page.samples, ({ name }) => name);
  return [...printed].flatMap(([name, samples]) => {
    const output = declared.get(name);
    if (output === undefined) return [`line ${samples[0]?.line}: ${name} is not declared`];
    const type = page.types.get(name) ?? 'none';
    const wanted = [...output.labels].sort().join(', ');
    const strange = samples.find(({ labels }) => Object.keys(labels).sort().join(', ') !== wanted);
    return [
      ...(type === output.type ? [] : [`${name} is declared as ${output.type}, and its TYPE is ${type}`]),
      ...(page.help.has(name) ? [] : [`${name} has no HELP`]),
      ...(strange === undefined
        ? []
        : [
            `line ${strange.line}: ${name} has the labels ${Object.keys(strange.labels).sort().join(', ') || 'none'}, and is declared with ${wanted || 'none'}`,
          ]),
      ...samples
        .filter(({ value }) => output.type === 'counter' && !(value >= 0))
        .map(({ line }) => `line ${line}: ${name} is a counter and below zero`),
    ];
  });
}

function compareSamples(
  found: ReadonlyMap<string, number>,
  expected: Readonly<Record<string, number>>,
): readonly string[] {
  const wanted = new Map(Object.entries(expected).map(([text, value]) => [keyOf(text), value]));
  const missing = [...wanted].flatMap(([key, value]) => {
    const printed = found.get(key);
    if (printed === undefined) return [`${key} is missing`];
    return Object.is(printed, value) || Math.abs(printed - value) <= Math.abs(value) * 1e-9
      ? []
      : [`${key} is ${printed}, and was to be ${value}`];
  });
  const additional = [...found]
    .filter(([key]) => !wanted.has(key))
    .map(([key, value]) => `${key} is printed (${value}), and was not expected`);
  return [...missing, ...additional];
}

/** A sample as people write it, in the one spelling. */
function keyOf(text: string): string {
  const [sample] = parseExposition(`${text} 0\n`).samples;
  return sample === undefined ? text : sampleKey(sample.name, sample.labels);
}
