import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { GlobalValues } from './arguments/global-options.ts';
import type { Io } from './io.ts';
import { openSession } from './session.ts';

const globals: GlobalValues = {
  json: false,
  directory: null,
  environment: null,
  bindings: null,
  minSeverity: 'notice',
  failOn: 'error',
  colour: true,
  progress: 'auto',
  verbose: false,
};

/** What is written to stderr by work that says after two seconds what it is at. */
function toldOf(changes: Partial<GlobalValues>): string {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let seconds = 0;
  const io: Io = {
    ...{ stdin, stdout, stderr, isTerminal: { stdin: false, stdout: false, stderr: false }, columns: null },
    ...{ env: {}, cwd: '/', signal: new AbortController().signal, now: () => new Date(seconds * 1000) },
  };
  const { progress } = openSession(io, 'plan', { ...globals, ...changes }, '0.0.0');
  progress.report('Compiling the content');
  seconds = 2;
  progress.report('Reading the targets');
  return String(stderr.read() ?? '');
}

it.each([
  { name: 'is told', changes: {}, told: 'Reading the targets\n' },
  { name: 'is not told where nobody wants it', changes: { progress: 'none' }, told: '' },
  { name: 'is not told beside events', changes: { json: true }, told: '' },
] as const)('work of more than a second $name', ({ changes, told }) => {
  expect(toldOf(changes)).toBe(told);
});
