import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { run } from './program.ts';

const root = mkdtempSync(join(tmpdir(), 'opsctl-program-'));
const folder = join(root, 'repository');

beforeAll(async () => {
  await runIn(root, 'dev generate repository --resources 3 --seed 2');
});
afterAll(() => rmSync(root, { recursive: true }));

/** One story, so that each stream of events is that of a repository in a known state. */
describe('events of --json', () => {
  it.each([
    { name: 'validate', words: 'validate' },
    { name: 'plan', words: 'plan --out small.plan' },
    { name: 'explain', words: 'explain host-000001' },
    // One target: with two, their events come as they happen.
    { name: 'apply', words: 'apply --stack plant-1 --yes --parallel 1' },
    { name: 'plan of nothing', words: 'plan --stack plant-1' },
    { name: 'state list', words: 'state list' },
    { name: 'state show', words: 'state show plant-1/cmdb-record/host-000001' },
    { name: 'graph', words: 'graph' },
    { name: 'unknown item', words: 'explain host-00001' },
    { name: 'unlock', words: 'state unlock' },
  ])('of $name are those of the golden file', async ({ name, words }) => {
    const { stdout, stderr } = await runIn(folder, `${words} --json`);
    expect(stderr).toBe('');
    await expect(normalised(stdout)).toMatchFileSnapshot(`./golden/events/${name.replaceAll(' ', '-')}.jsonl`);
  });

  it.each([
    { words: '--json piant', command: null, detail: "Unknown command 'piant'." },
    { words: 'plan --json --outt x', command: 'plan', detail: "Unknown option '--outt'." },
    {
      words: 'plan --parallel 0 --json',
      command: 'plan',
      detail: "--parallel is a whole number from 1 to 256, not '0'.",
    },
    { words: 'state mv a --json', command: 'state mv', detail: "Missing required argument 'to'." },
    { words: '--json', command: null, detail: 'The command line names no command.' },
  ])('of the wrong usage `$words` say what is wrong', async ({ words, command, detail }) => {
    const { exit, stdout, stderr } = await runIn(folder, words);
    expect({ exit, stderr }).toEqual({ exit: 'usage', stderr: '' });
    expect(eventsIn(stdout)).toMatchObject([
      { version: 1, event: 'start', command },
      { version: 1, event: 'diagnostic', diagnostic: { code: 'opsctl/usage', severity: 'error', detail } },
      { version: 1, event: 'end', command, outcome: 'usage', exitCode: 64 },
    ]);
  });

  it('of an address that is spelled wrong name the one that is meant', async () => {
    const { exit, stdout } = await runIn(folder, 'state show plant-1/cmdb-record/hots-000001 --json');
    expect(exit).toBe('usage');
    expect(eventsIn(stdout)[1]).toMatchObject({
      diagnostic: {
        code: 'state/no-such-resource',
        hint: 'Did you mean plant-1/cmdb-record/host-000001? See `opsctl state list` for what there is.',
      },
    });
  });

  it.each([
    { words: '--json --version', told: { event: 'version', programVersion: expect.stringMatching(/^\d+\./) } },
    { words: '--help --json', told: { event: 'help', text: expect.stringMatching(/^Usage: opsctl \[options\]/) } },
    { words: '--json plan --help', told: { event: 'help', text: expect.stringMatching(/^Usage: opsctl plan /) } },
  ])('of `$words` hold what is told', async ({ words, told }) => {
    const { exit, stdout, stderr } = await runIn(folder, words);
    expect({ exit, stderr }).toEqual({ exit: 'done', stderr: '' });
    expect(eventsIn(stdout)).toMatchObject([
      { version: 1, event: 'start' },
      { version: 1, ...told },
      { version: 1, event: 'end', outcome: 'done', exitCode: 0 },
    ]);
  });

  it('are not asked for behind --', async () => {
    const { stdout, stderr } = await runIn(folder, 'plan -- --json');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: Wrong usage \[opsctl\/usage\]\n {2}Too many arguments/);
  });

  it('of drift are those of the golden file', async () => {
    const file = join(folder, 'out/plant-1/host-000001.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"owner": "[^"]*"/, '"owner": "somebody"'));
    const { stdout } = await runIn(folder, 'drift --stack plant-1 --json');
    await expect(normalised(stdout)).toMatchFileSnapshot('./golden/events/drift.jsonl');
  });

  it('are one JSON object in a line, each with version and event', async () => {
    const { stdout } = await runIn(folder, 'plan --json -v');
    const events = eventsIn(stdout);
    expect(events.at(0)).toMatchObject({ version: 1, event: 'start', command: 'plan' });
    expect(events.at(-1)).toMatchObject({ version: 1, event: 'end', command: 'plan' });
    expect(events.every(({ version, event }) => version === 1 && typeof event === 'string')).toBe(true);
  });
});

describe('a question', () => {
  it.each([
    { name: 'a no is refused', words: 'apply', answer: 'no\n', exit: 'refused', says: 'Not confirmed' },
    { name: 'a y is no yes', words: 'apply', answer: 'y\n', exit: 'refused', says: 'Not confirmed' },
    { name: 'the end of the input is refused', words: 'apply', answer: '', exit: 'refused', says: 'Nobody to ask' },
    { name: 'a yes applies', words: 'apply', answer: 'yes\n', exit: 'done', says: 'Only "yes" is a yes' },
    {
      name: 'destroy does not take a yes',
      words: 'destroy',
      answer: 'yes\n',
      exit: 'refused',
      says: 'Type the name of the environment',
    },
    {
      name: 'destroy takes the name of the environment',
      words: 'destroy',
      answer: 'lab\n',
      exit: 'done',
      says: 'Type the name of the environment',
    },
  ])('$name', async ({ words, answer, exit, says }) => {
    const ended = await runIn(folder, words, { answer });
    expect(ended.exit).toBe(exit);
    expect(ended.stderr).toContain(says);
  });
});

describe('colours', () => {
  it.each([
    { name: 'a terminal has them', isTerminal: true, env: {}, words: 'plan', coloured: true },
    { name: 'a pipe has none', isTerminal: false, env: {}, words: 'plan', coloured: false },
    { name: 'NO_COLOR takes them away', isTerminal: true, env: { NO_COLOR: '1' }, words: 'plan', coloured: false },
    { name: 'continuous integration has none', isTerminal: true, env: { CI: 'true' }, words: 'plan', coloured: false },
    { name: 'a dumb terminal has none', isTerminal: true, env: { TERM: 'dumb' }, words: 'plan', coloured: false },
    { name: '--no-color takes them away', isTerminal: true, env: {}, words: 'plan --no-color', coloured: false },
    { name: '--json has none', isTerminal: true, env: {}, words: 'plan --json', coloured: false },
  ])('$name', async ({ isTerminal, env, words, coloured }) => {
    const { stdout } = await runIn(folder, words, { isTerminal, env });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});

it('a bug keeps its stack, and says that it is one', async () => {
  const { exit, stderr } = await runIn(folder, 'plan', { now: () => new Date(Number.NaN) });
  expect(exit).toBe('failure');
  expect(stderr).toMatch(/error: This is a bug in opsctl \[opsctl\/bug\]\n {2}RangeError: .*\n {6}at /);
});

interface Surroundings {
  readonly answer?: string;
  readonly isTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
}

async function runIn(cwd: string, words: string, surroundings: Surroundings = {}) {
  const { answer, isTerminal = false, env = {}, now = () => new Date('2026-01-02T03:04:05Z') } = surroundings;
  const written = { stdout: '', stderr: '' };
  const io: Io = {
    stdout: sinkInto(written, 'stdout'),
    stderr: sinkInto(written, 'stderr'),
    stdin: Readable.from(answer === undefined || answer === '' ? [] : [answer]),
    isTerminal: { stdin: answer !== undefined, stdout: isTerminal, stderr: false },
    columns: null,
    env,
    cwd,
    signal: new AbortController().signal,
    now,
  };
  const exit = await run(words.split(' '), io);
  return { exit, ...written };
}

function sinkInto(written: { stdout: string; stderr: string }, stream: 'stdout' | 'stderr'): Io['stdout'] {
  return {
    write(text) {
      written[stream] += text;
    },
  };
}

function eventsIn(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** What differs from run to run, by what it is. */
function normalised(text: string): string {
  return text
    .replaceAll(root, '<root>')
    .replaceAll(/sha256:[0-9a-f]{64}/g, '<digest>')
    .replaceAll(/"lineage":"[0-9a-f-]{36}"/g, '"lineage":"<lineage>"');
}
