import { describe, expect, it } from 'vitest';
import { type Invocation, parseArguments } from '../arguments/parse.ts';
import { commands } from './index.ts';

const shown = commands.filter(({ isHidden }) => isHidden !== true);

describe.each(shown)('opsctl $name', ({ name, load }) => {
  it('has the help of its golden file', async () => {
    const invocation = await parse([...name.split(' '), '--help']);
    if (invocation.kind !== 'tell') throw new Error('No help was shown.');
    await expect(invocation.stdout).toMatchFileSnapshot(`./golden/help/${name.replace(' ', '-')}.txt`);
  });

  it('has examples that are right usage of it', async () => {
    const { examples } = await load();
    for (const { line, text } of examples) {
      expect(text).toMatch(/^[A-Z].*\.$/);
      for (const words of callsIn(line)) {
        const invocation = await parse(words);
        expect(invocation.kind === 'run' ? invocation.name : invocation, line).toBe(commandIn(words));
      }
    }
    expect(examples.some(({ line }) => line.includes(`opsctl ${name}`))).toBe(true);
  });

  it('has a summary and a description in full sentences', async () => {
    const { summary } = shown.find((entry) => entry.name === name)!;
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect((await load()).description).toMatch(/^[A-Z][\s\S]*\.$/);
  });
});

it('the list of commands is as the golden file says', async () => {
  const invocation = await parse(['--help']);
  if (invocation.kind !== 'tell') throw new Error('No help was shown.');
  await expect(invocation.stdout).toMatchFileSnapshot('./golden/help/opsctl.txt');
});

it.each([...new Set(shown.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ')[0]!] : [])))])(
  'the group %s says what it is for',
  async (group) => {
    const invocation = await parse([group, '--help']);
    expect(invocation).toMatchObject({ kind: 'tell', stdout: expect.stringMatching(/^Usage: .*\n\n[A-Z].*\.\n/) });
  },
);

function parse(argv: readonly string[]): Promise<Invocation> {
  return parseArguments(argv, { commands, version: '0.1.0', env: {}, columns: 100 });
}

/** The words behind each `opsctl` of a line of shell, up to a pipe, a redirection or a bracket. */
function callsIn(line: string): string[][] {
  const calls = [...line.matchAll(/opsctl ((?:'[^']*'|[^|>&;)'])*)/g)];
  return calls.map(([, call = '']) =>
    [...call.trim().matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
  );
}

function commandIn(words: readonly string[]): string {
  const [first = '', second = ''] = words;
  return shown.some(({ name }) => name === `${first} ${second}`) ? `${first} ${second}` : first;
}
