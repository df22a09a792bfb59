import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const states = join(folder, '.opsctl/state/lab');
const address = 'plant-1/cmdb-record/host-000001';

beforeAll(() => {
  expect(opsctl('dev generate . --resources 6 --seed 2').status).toBe(0);
  const stack = join(folder, 'stacks/plant-1.ts');
  const text = readFileSync(stack, 'utf8').trimEnd().replace(/;$/, '');
  writeFileSync(stack, `${text}.protect('cmdb-record/host-000001', 'a test');\n`);
  expect(opsctl('apply --yes --approved-by ops-lead')).toMatchObject({ status: 0 });
  cpSync(states, join(folder, 'kept'), { recursive: true });
});
beforeEach(() => {
  rmSync(states, { recursive: true });
  cpSync(join(folder, 'kept'), states, { recursive: true });
});
afterAll(remove);

/** Code and subject of what is told. */
function told(words: string): { readonly status: number | null; readonly codes: readonly string[] } {
  const ended = opsctl(`${words} --json`);
  const diagnostics = eventsOf(ended).filter(({ event }) => event === 'diagnostic');
  return { status: ended.status, codes: diagnostics.map(({ diagnostic }) => (diagnostic as { code: string }).code) };
}

describe('the commands about state', () => {
  it.each(['state unlock nope --yes', 'state repair nope', 'state list --stack nope'])(
    '`%s` is wrong usage: there is no such stack',
    (words) => {
      expect(told(words)).toEqual({ status: 64, codes: ['state-command/no-state'] });
    },
  );

  it('a name that is nearly that of a stack is told with that one', () => {
    expect(opsctl('state repair plant1').stderr).toContain('Did you mean plant-1?');
  });

  it.each(['state list', 'state repair', 'state unlock', 'plan'])(
    '`%s` fails on a state folder that cannot be read, and names it',
    (words) => {
      rmSync(join(states, 'hq'), { recursive: true });
      writeFileSync(join(states, 'hq'), 'no folder');
      expect(told(words)).toEqual({ status: 1, codes: ['host/not-a-directory'] });
      expect(opsctl(words).stderr).toContain(join(states, 'hq'));
    },
  );

  it('`doctor` finds a problem in a state folder that cannot be read, and goes on', () => {
    rmSync(join(states, 'hq'), { recursive: true });
    writeFileSync(join(states, 'hq'), 'no folder');
    const { status, stdout } = opsctl('doctor');
    expect(status).toBe(1);
    expect(stdout).toContain(`!!  state of hq: Cannot read ${join(states, 'hq')}`);
    expect(stdout).toContain('ok  state of plant-1: ');
  });

  it('an audit compares the other stacks where the state of one cannot be read, and is not complete', () => {
    const file = join(states, 'hq/state.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 300));
    expect(told('drift')).toEqual({ status: 1, codes: ['state/truncated'] });
    const { stdout } = opsctl('drift');
    expect(stdout).toMatch(/^[1-9]\d* objects? compared on 1 target of 1 stack\.$/m);
    expect(stdout).toMatch(/^ {2}cmdb of hq: [1-9]\d* objects? not compared\. State is cut off\./m);
    expect(told('drift --stack plant-1 --detailed-exitcode')).toEqual({ status: 0, codes: [] });
    expect(told('drift --stack hq')).toEqual({ status: 1, codes: ['state/truncated'] });
    expect(told('plan --stack plant-1')).toEqual({ status: 1, codes: ['state/truncated'] });
  });

  it('what is left of a state that was removed is found', () => {
    for (const name of ['state.json', 'state.previous.json']) rmSync(join(states, 'hq', name));
    expect(told('state list')).toEqual({ status: 1, codes: ['state/lost'] });
  });

  it('swapped state folders are refused, and not repaired', () => {
    renameSync(join(states, 'hq'), join(folder, 'swapped'));
    renameSync(join(states, 'plant-1'), join(states, 'hq'));
    renameSync(join(folder, 'swapped'), join(states, 'plant-1'));
    const before = readFileSync(join(states, 'hq/state.json'), 'utf8');
    expect(told('state repair')).toEqual({ status: 1, codes: ['state/other-stack', 'state/other-stack'] });
    for (const name of ['state.json', 'state.previous.json']) rmSync(join(states, 'plant-1', name));
    expect(told('state repair plant-1')).toEqual({ status: 1, codes: ['state/journal-other-stack'] });
    expect(readFileSync(join(states, 'hq/state.json'), 'utf8')).toBe(before);
  });

  it('a protected record is dropped only when that is said', () => {
    expect(told(`state rm ${address} --yes`)).toEqual({ status: 4, codes: ['state/protected'] });
    expect(told(`state rm ${address}`)).toEqual({ status: 4, codes: ['state/protected'] });
    expect(opsctl(`state rm ${address} --yes --even-protected`)).toMatchObject({
      status: 0,
      stdout: `${address} is not managed any more; its object is where it was, and no longer protected.\n`,
    });
  });

  it('a lock that is none is told, and can be taken away', () => {
    writeFileSync(join(states, 'hq/lock.7.json'), '{"format":1,"state":"held","owner":{}}');
    expect(told('state repair hq')).toEqual({ status: 6, codes: ['lock/unreadable'] });
    expect(told('state unlock hq --yes')).toEqual({ status: 0, codes: ['lock/taken-away'] });
    expect(told('state repair hq')).toEqual({ status: 0, codes: [] });
  });
});
