import type { Call, Expression } from '../../languages/promql/index.ts';
import { NotModelled } from './not-modelled.ts';
import { quantileOfBuckets } from './quantile.ts';
import { keyOf, type Labels, nameOnly, type Sample, withoutLabels } from './series.ts';
import type { Value } from './value.ts';

type KnownFunction = (args: readonly Value[], seconds: number, call: Call) => Value;

/** Functions of instants. Those that change values only are made by `pointwise`. */
export const functions: ReadonlyMap<string, KnownFunction> = new Map<string, KnownFunction>([
  ['time', (_, seconds) => ({ kind: 'scalar', value: seconds })],
  ['vector', ([argument]) => vector([{ labels: {}, value: numberOf(argument) }])],
  ['scalar', ([argument]) => scalarOfVector(samplesIn(argument))],
  ['absent', ([argument], _, call) => absent(samplesIn(argument), call.args[0])],
  ['sort', ([argument]) => vector(samplesIn(argument))],
  ['sort_desc', ([argument]) => vector(samplesIn(argument))],
  ['label_replace', (args) => labelReplace(args)],
  ['label_join', (args) => labelJoin(args)],
  ['histogram_quantile', ([quantile, buckets]) => histogramQuantile(numberOf(quantile), samplesIn(buckets))],
  pointwise('abs', Math.abs),
  pointwise('ceil', Math.ceil),
  pointwise('floor', Math.floor),
  pointwise('sqrt', Math.sqrt),
  pointwise('exp', Math.exp),
  pointwise('ln', Math.log),
  pointwise('round', (value, unit = 1) => Math.floor(value / unit + 0.5) * unit),
  pointwise('clamp', (value, least = 0, most = 0) => Math.max(least, Math.min(most, value))),
  pointwise('clamp_min', (value, least = 0) => Math.max(least, value)),
  pointwise('clamp_max', (value, most = 0) => Math.min(most, value)),
]);

function pointwise(name: string, change: (value: number, ...parameters: number[]) => number): [string, KnownFunction] {
  return [
    name,
    ([argument, ...parameters]) =>
      vector(
        samplesIn(argument).map(({ labels, value }) => ({
          labels: withoutLabels(labels, nameOnly),
          value: change(value, ...parameters.map(numberOf)),
        })),
      ),
  ];
}

function vector(samples: readonly Sample[]): Value {
  return { kind: 'vector', samples };
}

function samplesIn(value: Value | undefined): readonly Sample[] {
  return value?.kind === 'vector' ? value.samples : [];
}

function numberOf(value: Value | undefined): number {
  return value?.kind === 'scalar' ? value.value : Number.NaN;
}

function scalarOfVector(samples: readonly Sample[]): Value {
  return { kind: 'scalar', value: samples.length === 1 ? (samples[0]?.value ?? Number.NaN) : Number.NaN };
}

/** With the labels that the selector says for certain. */
function absent(samples: readonly Sample[], argument: Expression | undefined): Value {
  if (samples.length > 0) return vector([]);
  if (argument?.kind !== 'selector') return vector([{ labels: {}, value: 1 }]);
  const equal = argument.matchers.filter(({ operator, label }) => operator === '=' && label !== '__name__');
  return vector([{ labels: Object.fromEntries(equal.map(({ label, value }) => [label, value])), value: 1 }]);
}

function labelReplace([argument, ...texts]: readonly Value[]): Value {
  const [target, replacement, source, pattern] = texts.map((text) => (text.kind === 'string' ? text.value : ''));
  if (target === undefined || replacement === undefined || source === undefined || pattern === undefined) {
    throw new NotModelled('label_replace with other arguments');
  }
  const anchored = new RegExp(`^(?:${pattern})$`, 's');
  return vector(
    samplesIn(argument).map((sample) => {
      const found = anchored.exec(sample.labels[source] ?? '');
      if (found === null) return sample;
      const text = replacement.replaceAll(
        /\$(?:(\d+)|\{(\d+)\})/g,
        (_, bare, braced) => found[Number(bare ?? braced)] ?? '',
      );
      const rest = withoutLabels(sample.labels, [target]);
      return { ...sample, labels: text === '' ? rest : { ...rest, [target]: text } };
    }),
  );
}

function labelJoin([argument, ...texts]: readonly Value[]): Value {
  const [target, separator, ...sources] = texts.map((text) => (text.kind === 'string' ? text.value : ''));
  if (target === undefined || separator === undefined) throw new NotModelled('label_join with other arguments');
  return vector(
    samplesIn(argument).map((sample) => {
      const text = sources.map((source) => sample.labels[source] ?? '').join(separator);
      const rest = withoutLabels(sample.labels, [target]);
      return { ...sample, labels: text === '' ? rest : { ...rest, [target]: text } };
    }),
  );
}

const bucketLabels = ['le', '__name__'];

function histogramQuantile(quantile: number, samples: readonly Sample[]): Value {
  const groups = new Map<string, { readonly labels: Labels; readonly buckets: { upper: number; count: number }[] }>();
  for (const { labels, value } of samples) {
    const upper = Number((labels.le ?? '').replace('Inf', 'Infinity'));
    const rest = withoutLabels(labels, bucketLabels);
    const group = groups.get(keyOf(rest)) ?? { labels: rest, buckets: [] };
    group.buckets.push({ upper, count: value });
    groups.set(keyOf(rest), group);
  }
  return vector(
    [...groups.values()].map(({ labels, buckets }) => ({ labels, value: quantileOfBuckets(quantile, buckets) })),
  );
}
