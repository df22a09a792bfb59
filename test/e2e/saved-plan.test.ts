import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../support/files-below.ts';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const inventory = join(folder, 'cmdb/items/host.csv');
const record = join(folder, 'out/hq/cmdb/hq-portal-1.json');

beforeAll(() => {
  opsctl('init');
  expect(opsctl('apply --yes').status).toBe(0);
});
afterAll(remove);

/** What was approved is what runs, or nothing does. */
describe('a saved plan', () => {
  it('is carried out as it was made, though the content has changed since', () => {
    declare('Portal server', 'Portal');
    expect(opsctl('plan --out approved.plan').status).toBe(0);
    declare('Portal,', 'Something else,');
    expect(opsctl('apply approved.plan')).toMatchObject({ status: 0 });
    expect(titleOf(record)).toBe('Portal');
    declare('Something else,', 'Portal,');
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  it('says when and by whom it was carried out, and that nothing is left to do', () => {
    expect(opsctl('apply approved.plan')).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(
        /^notice: Plan was applied already .*\n.*\n {2}approved\.plan was applied at 20\S+Z by \S+@\S+, and the/,
      ),
    });
  });

  it('has a result when it is applied a second time, whatever severity is shown', () => {
    expect(opsctl('--min-severity warning apply approved.plan')).toEqual({
      ...{ status: 0, stderr: '' },
      stdout: 'Nothing to do: approved.plan was applied already.\n',
    });
  });

  it('is stale once something else was applied after it', () => {
    declare('Portal,', 'Threshold,');
    expect(opsctl('apply --yes --approved-by ops-lead').status).toBe(0);
    expect(opsctl('apply approved.plan')).toMatchObject({
      status: 5,
      stderr: expect.stringMatching(/was carried out at 20\S+Z by \S+\. The state of hq has changed since\./),
    });
    expect(
      opsctl('state history --stack hq')
        .stdout.split('\n')
        .filter((line) => line.startsWith('20')),
    ).toEqual([
      expect.stringMatching(/ hq {2}opsctl apply by \S+@\S+: done; \d+ changes done$/),
      expect.stringMatching(/ hq {2}opsctl apply by \S+@\S+: done; 1 change done$/),
      expect.stringMatching(/ hq {2}opsctl apply by \S+@\S+: done; 1 change done$/),
    ]);
    expect(opsctl('state history --stack hq').stdout).toContain(', approved by ops-lead\n');
    declare('Threshold,', 'Portal,');
    expect(opsctl('apply --yes').status).toBe(0);
  });

  it('is stale when somebody edited what it would change', () => {
    declare('Portal,', 'Entry,');
    expect(opsctl('plan --out late.plan').status).toBe(0);
    const before = readFileSync(record, 'utf8');
    writeFileSync(record, before.replace('Portal', 'By hand'));
    expect(opsctl('apply late.plan').status).toBe(5);
    expect(titleOf(record)).toBe('By hand');
    writeFileSync(record, before);
    expect(opsctl('apply late.plan').status).toBe(0);
    expect(titleOf(record)).toBe('Entry');
  });

  it('is stale when the bindings have changed', () => {
    declare('Entry,', 'Door,');
    expect(opsctl('plan --out bound.plan').status).toBe(0);
    const bindings = join(folder, 'stacks/bindings/lab.yaml');
    const text = readFileSync(bindings, 'utf8');
    writeFileSync(bindings, text.replace('out/hq/cmdb', 'out/hq/elsewhere'));
    expect(opsctl('apply bound.plan').status).toBe(5);
    writeFileSync(bindings, text);
  });

  it.each([
    {
      name: 'edited',
      change: (text: string) => text.replace('"Door"', '"Gate"'),
      status: 4,
      says: 'changed after it was made',
    },
    { name: 'cut off', change: (text: string) => text.slice(0, 500), status: 1, says: 'Plan file is cut off' },
    { name: 'empty', change: () => '', status: 1, says: 'Plan file is empty' },
    {
      name: 'of another program',
      change: () => '{"formatVersion":9}',
      status: 1,
      says: 'Plan file of another version',
    },
  ])('is refused when it was $name', ({ change, status, says }) => {
    writeFileSync(join(folder, 'bad.plan'), change(readFileSync(join(folder, 'bound.plan'), 'utf8')));
    expect(opsctl('apply bad.plan')).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(says) });
  });

  it.each([
    { words: '--stack hq', names: '--stack' },
    { words: '--target hq/*', names: '--target' },
    { words: '--exclude hq/*', names: '--exclude' },
    { words: '--adopt hq/*', names: '--adopt' },
    { words: '--allow-deletes 5', names: '--allow-deletes' },
    { words: '--target-moved hq/cmdb', names: '--target-moved' },
    { words: '--stack hq --allow-deletes 5', names: '--stack, --allow-deletes' },
  ])('leaves no room for $words, which would seem to change it', ({ words, names }) => {
    const { status, stdout, stderr } = opsctl(`apply bound.plan ${words}`);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toContain(`so ${names} cannot change it. Nothing was changed.`);
  });

  it.each([
    { name: 'an option', words: '--environment production', env: {} },
    { name: 'a variable', words: '', env: { OPSCTL_ENVIRONMENT: 'production' } },
    { name: 'other bindings', words: '--bindings elsewhere.yaml', env: {} },
  ])('is of one environment, and $name that names another is told so', ({ words, env }) => {
    const text = readFileSync(join(folder, 'stacks/bindings/lab.yaml'), 'utf8');
    writeFileSync(join(folder, 'elsewhere.yaml'), text.replace('environment: lab', 'environment: production'));
    const { status, stderr } = opsctl(`apply bound.plan ${words}`, env);
    expect(status).toBe(5);
    expect(stderr).toContain(
      'bound.plan was made for the environment lab, and this command is told to work on production.',
    );
    expect(stderr).toContain('leave out --environment, --bindings and OPSCTL_ENVIRONMENT');
  });

  it('is refused when it is not there', () => {
    expect(opsctl('apply nowhere.plan')).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('There is no file nowhere.plan.'),
    });
  });

  it('is refused when it was made offline', () => {
    expect(opsctl('plan --offline --out offline.plan').status).toBe(0);
    expect(opsctl('apply offline.plan')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('Plan was made offline'),
    });
  });

  it('with a finding that blocks it shows the finding, and ends as its plan did', () => {
    const policy = join(folder, 'policies/nothing-goes.ts');
    writeFileSync(
      policy,
      `import { definePolicy } from 'opsctl';
export default definePolicy({
  id: 'house/nothing-goes',
  level: 'mandatory',
  title: { en: 'Nothing goes', zh: '全部禁止' },
  rationale: 'A test.',
  remedy: 'Take the policy away.',
  clauses: [],
  check: ({ plan }) => plan === null ? [] : [{ subject: 'hq', item: null, message: 'It may not.' }],
});
`,
    );
    expect(opsctl('plan --out blocked.plan').status).toBe(3);
    expect(opsctl('apply blocked.plan')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /\[policy\/house\/nothing-goes\][\s\S]*It may not\.[\s\S]*1 finding of this plan blocks it/,
      ),
    });
    rmSync(policy);
  });

  it('is the same bytes when it is made twice', () => {
    opsctl('plan --out one.plan');
    opsctl('plan --out other.plan');
    expect(readFileSync(join(folder, 'one.plan'))).toEqual(readFileSync(join(folder, 'other.plan')));
  });
});

function declare(before: string, after: string): void {
  const text = readFileSync(inventory, 'utf8');
  expect(text).toContain(before);
  writeFileSync(inventory, text.replace(before, after));
}

function titleOf(file: string): string {
  return JSON.parse(readFileSync(file, 'utf8')).title.en;
}

describe('the files of a target', () => {
  const place = makeWorkplace();
  afterAll(place.remove);

  // That render and a direct apply write the same is in init-to-drift.test.ts.
  it('are the same by a saved plan and by render, byte by byte', () => {
    place.opsctl('init');
    expect(place.opsctl('plan --out first.plan').status).toBe(0);
    expect(place.opsctl('apply first.plan --yes').status).toBe(0);
    const bySavedPlan = filesBelow(join(place.folder, 'out'));
    expect(place.opsctl('render --out rendered').status).toBe(0);
    expect(filesBelow(join(place.folder, 'rendered'))).toEqual(bySavedPlan);
  });
});
