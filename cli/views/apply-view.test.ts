import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import type { ApplyResult } from '../../toolkit/engine/engine.ts';
import type { Address, HealthReport } from '../../toolkit/model/index.ts';
import { plainResource } from '../../toolkit/testing/arbitraries.ts';
import { aChange, aPlan } from '../../toolkit/testing/policy-input.ts';
import { type AcceptedCommit, applyView } from './apply-view.ts';

const terminal = { width: 100, isVerbose: false, paint: (_: string, text: string) => text } as Parameters<
  typeof applyView.human
>[1];
const one = 'hq/file/one' as Address;
const two = 'hq/file/two' as Address;
const commits: readonly AcceptedCommit[] = [
  { stack: 'hq', target: 'disk', note: '1 written, 0 removed; not checked before, there is no promtool here' },
  {
    stack: 'hq',
    target: 'disk',
    note: '1 written, 0 removed; checked by promtool, not reloaded, the binding has no url',
  },
];
const works: HealthReport = { address: one, healthy: true, detail: 'The configuration is loaded.' };
const written: HealthReport = { address: two, healthy: true, extent: 'in-place', detail: 'The file is in place.' };

const three = 'hq/file/three' as Address;

it.each([
  { name: 'one', done: [one], text: 'Applied in part: 1 of 2 changes done, 1 failed; the one done works.\n' },
  { name: 'two', done: [one, two], text: 'Applied in part: 2 of 3 changes done, 1 failed; the 2 done work.\n' },
])('where one change failed, what was done is told of the $name alone', ({ done, text }) => {
  const plan = aPlan([...done, three].map((address) => aChange('create', plainResource(address))));
  const outcomes: ApplyResult['outcomes'] = [
    ...done.map((address) => ({ status: 'done', address, action: 'create' }) as const),
    { status: 'failed', address: three, action: 'create', diagnostic: failure },
  ];
  const health = done.map((address) => ({ ...works, address }));
  const result: ApplyResult = {
    ...{ outcomes, health, waiting: [], leftRunning: [], diagnostics: [failure], interrupted: false },
  };
  expect(applyView.human({ plan, result, commits: [] }, terminal)).toBe(
    `  ! create hq/file/three failed: Change failed\n${text}`,
  );
});

const failure: Diagnostic = {
  ...{ code: 'engine/change-failed', severity: 'error', summary: 'Change failed', detail: 'No permission.' },
  hint: 'Correct it.',
};

function shown(health: readonly HealthReport[], told = commits): string {
  const plan = aPlan([one, two].map((address) => aChange('create', plainResource(address))));
  const outcomes = [one, two].map((address) => ({ status: 'done', address, action: 'create' }) as const);
  const result: ApplyResult = { outcomes, health, waiting: [], leftRunning: [], diagnostics: [], interrupted: false };
  return applyView.human({ plan, result, commits: told }, terminal);
}

describe('the end of an apply', () => {
  it('lists what an earlier run had left once, and not as an object of a target without a name', () => {
    const outcomes = [{ status: 'done', address: two, action: 'create' }] as const;
    const rest = { health: [{ ...written, address: one }, written], waiting: [], leftRunning: [], diagnostics: [] };
    const result: ApplyResult = { outcomes, ...rest, interrupted: false, recovered: [one] };
    const plan = aPlan([aChange('create', plainResource(two))]);
    expect(applyView.human({ plan, result, commits: [] }, terminal)).toBe(
      '  + hq/file/one works now, as it had not before\n' +
        '  ? disk of hq: 1 object; in place as before\n' +
        'Applied: 1 of 1 change done; all of it only written: no running program was asked about it.\n',
    );
  });

  it('says of changes that failed alike how many they are, and of what came to work that it does', () => {
    const plan = aPlan([one, two].map((address) => aChange('create', plainResource(address))));
    const diagnostic: Diagnostic = {
      code: 'engine/changes-failed',
      severity: 'error',
      summary: 'Changes of a target failed',
      detail: 'No permission.',
      hint: 'Correct it.',
      subject: 'hq/disk',
    };
    const outcomes = [one, two].map(
      (address) => ({ status: 'failed', address, action: 'create', diagnostic }) as const,
    );
    const rest = { health: [], waiting: [], leftRunning: [], diagnostics: [diagnostic], interrupted: false };
    const result: ApplyResult = { outcomes, ...rest, recovered: [one] };
    expect(applyView.human({ plan, result, commits: [] }, terminal)).toBe(
      '  ! 2 changes of hq/disk failed: Changes of a target failed\n' +
        '  + hq/file/one works now, as it had not before\n' +
        'Not applied: 0 of 2 changes done, 2 failed.\n',
    );
  });

  it.each([
    {
      name: 'says that all works only where running programs were asked',
      health: [works, { ...works, address: two }],
      text: 'Applied: 2 of 2 changes done; all of it works.\n',
    },
    {
      name: 'says what was only written, and what was done to it besides',
      health: [{ ...written, address: one }, written],
      text:
        '  ? disk of hq: 2 objects; checked by promtool, not reloaded, the binding has no url\n' +
        'Applied: 2 of 2 changes done; all of it only written: no running program was asked about it.\n',
    },
    {
      name: 'tells the one apart from the other',
      health: [works, written],
      text:
        '  ? disk of hq: 1 object; checked by promtool, not reloaded, the binding has no url\n' +
        'Applied: 2 of 2 changes done: 1 seen to work, 1 only written.\n',
    },
    {
      name: 'claims nothing where nothing was looked at',
      health: [],
      text: 'Applied: 2 of 2 changes done; whether it works was not looked at.\n',
    },
  ])('$name', ({ health, text }) => {
    expect(shown(health)).toBe(text);
  });

  it('lists ten such targets at most', () => {
    const addresses = [...'abcdefghijkl'].map((stack) => `${stack}/file/one` as Address);
    const plan = aPlan(addresses.map((address) => aChange('create', plainResource(address))));
    const health = addresses.map((address) => ({ ...written, address }));
    const result: ApplyResult = {
      outcomes: [],
      health,
      waiting: [],
      leftRunning: [],
      diagnostics: [],
      interrupted: false,
    };
    const lines = applyView.human({ plan, result, commits: [] }, terminal).split('\n');
    expect(lines.slice(0, 11)).toEqual([
      ...[...'abcdefghij'].map((stack) => `  ? disk of ${stack}: 1 object; in place as before`),
      '  and 2 targets more, with --verbose',
    ]);
  });
});

it.each([
  { name: 'none', done: [], health: [], text: 'Applied: nothing had to be changed.\n' },
  { name: 'one', done: [one], health: [works], text: 'Applied: 1 of 1 change done; all of it works.\n' },
  {
    name: 'one that does not work',
    done: [one],
    health: [{ ...works, healthy: false }],
    text: 'Applied, and not all of it works: 1 of 1 change done; none of it was seen to work.\n',
  },
  {
    name: 'one that works, beside one of an earlier run that does not',
    done: [one],
    health: [works, { ...written, healthy: false }],
    text: 'Applied, and not all of it works: 1 of 1 change done; the one done works.\n',
  },
])('counts and words agree for $name', ({ done, health, text }) => {
  const outcomes = done.map((address) => ({ status: 'done', address, action: 'create' }) as const);
  const result: ApplyResult = { outcomes, health, waiting: [], leftRunning: [], diagnostics: [], interrupted: false };
  const lines = applyView
    .human({ plan: aPlan([]), result, commits: [] }, terminal)
    .trimEnd()
    .split('\n');
  expect(`${lines.at(-1)}\n`).toBe(text);
});

describe('servers that do not run what lies in their targets', () => {
  const end = (
    result: Partial<ApplyResult>,
    plan = aPlan([one, two].map((address) => aChange('create', plainResource(address)))),
  ) =>
    applyView.human(
      {
        plan,
        commits: [],
        result: {
          outcomes: [],
          health: [],
          waiting: [],
          leftRunning: [],
          diagnostics: [],
          interrupted: false,
          ...result,
        },
      },
      terminal,
    );

  it('are counted once, and make no success of it', () => {
    const outcomes = [one, two].map((address) => ({ status: 'done', address, action: 'create' }) as const);
    expect(end({ outcomes, waiting: [{ stack: 'hq', target: 'disk' }] })).toBe(
      '  ! disk of hq still waits for its server: start it, and run the command again\n' +
        'Applied, and not all of it works: 2 of 2 changes done; all of it waits for its server.\n',
    );
  });

  it('make no success of a run that had nothing to do either', () => {
    expect(end({ waiting: [{ stack: 'hq', target: 'disk' }] })).toMatch(
      /^Not all of it works: nothing had to be changed\.$/m,
    );
  });

  it('are named where they run on after everything was removed', () => {
    const outcomes = [{ status: 'done', address: one, action: 'delete' } as const];
    expect(end({ outcomes, leftRunning: [{ stack: 'hq', target: 'disk' }] })).toBe(
      '  ! disk of hq still runs the former configuration: stop it, or bind it elsewhere\n' +
        'Applied: 1 of 1 change done; all of it removed; 1 server still runs what was removed.\n',
    );
  });

  it('leave numbers that add up', () => {
    const outcomes = [
      { status: 'done', address: one, action: 'create' } as const,
      { status: 'done', address: two, action: 'delete' } as const,
    ];
    expect(end({ outcomes, health: [works] })).toBe('Applied: 2 of 2 changes done: 1 seen to work, 1 removed.\n');
  });
});
