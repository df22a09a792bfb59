import { expect, it } from 'vitest';
import { pollServer } from './poll-health.ts';

const inPlace = [
  { address: 'a', healthy: true, extent: 'in-place', detail: 'The file is in place.' },
  { address: 'b', healthy: false, detail: 'The file is missing.' },
] as const;
const options = { timeoutMs: 0, signal: new AbortController().signal, report: () => undefined };

it.each([
  {
    name: 'a program that runs what lies there was seen, and not only the file',
    objection: null,
    healthy: true,
    detail: 'It is loaded.',
  },
  {
    name: 'a program that does not is told as such',
    objection: 'It is starting.',
    healthy: false,
    detail: 'It is starting.',
  },
])('$name', async ({ objection, healthy, detail }) => {
  expect(await pollServer(inPlace, options, async () => objection)).toEqual([
    { address: 'a', healthy, detail },
    inPlace[1],
  ]);
});
