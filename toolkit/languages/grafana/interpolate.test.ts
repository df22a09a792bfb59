import { expect, it } from 'vitest';
import { interpolate, interpolateTitle, type Scope } from './index.ts';

const scope: Scope = {
  variables: new Map([
    ['site', { values: ['plant-1', 'plant.2'], asWhole: '', isPattern: true }],
    ['item', { values: ['web-1'], asWhole: '', isPattern: true }],
    ['all', { values: ['a', 'b'], asWhole: '.*', isPattern: true }],
    ['path', { values: ['C:\\data "x"'], asWhole: '', isPattern: false }],
  ]),
  intervalMs: 15_000,
  rateIntervalMs: 60_000,
  fromMs: 1_000_000,
  toMs: 4_600_000,
};

it.each([
  { name: 'several values become a pattern', text: 'up{site=~"$site"}', filled: 'up{site=~"(plant-1|plant\\\\.2)"}' },
  { name: 'one value stays as it is', text: 'up{item=~"${item}"}', filled: 'up{item=~"web-1"}' },
  { name: 'all values are what the variable says for all', text: 'up{x=~"[[all]]"}', filled: 'up{x=~".*"}' },
  {
    name: 'a format is obeyed',
    text: '${site:csv} ${site:pipe} ${item:raw}',
    filled: 'plant-1,plant.2 plant-1|plant.2 web-1',
  },
  { name: 'what is no pattern is kept a text', text: 'x{path="$path"}', filled: 'x{path="C:\\\\data \\"x\\""}' },
  { name: 'the interval of a rate', text: 'rate(x[$__rate_interval])', filled: 'rate(x[60s])' },
  { name: 'the interval of the graph', text: 'x[$__interval] $__interval_ms', filled: 'x[15s] 15000' },
  { name: 'the range that is shown', text: 'x[$__range] ${__range_s}', filled: 'x[3600s] 3600' },
  { name: 'what nobody knows stays', text: 'x{y="$unknown"} $__field', filled: 'x{y="$unknown"} $__field' },
  {
    name: 'a name that an object has by itself is no variable',
    text: '$constructor $toString',
    filled: '$constructor $toString',
  },
])('$name', ({ text, filled }) => {
  expect(interpolate(text, scope)).toBe(filled);
});

it('titles are for people', () => {
  expect(interpolateTitle('CPU of $item at $site, $all', scope)).toBe('CPU of web-1 at plant-1 + plant.2, All');
});
