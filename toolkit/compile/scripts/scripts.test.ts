import { describe, expect, it } from 'vitest';
import {
  type CollectionScriptDeclaration,
  DeclarationRefused,
  defineCollectionScript,
  type ItemSelection,
  items,
  standardTargets,
} from '../../model/index.ts';
import { sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const declaration: CollectionScriptDeclaration = {
  id: 'raid-state',
  title: { en: 'State of software RAID', zh: '软 RAID 状态' },
  interpreter: 'sh',
  script: 'echo',
  interval: '5m',
  timeout: '30s',
  outputs: [
    { name: 'raid_missing_disks', type: 'gauge', unit: null, help: 'Disks that are missing.', labels: ['device'] },
  ],
  tests: [{ name: 'none', expect: {} }],
};
const hosts = items.where({ class: 'host' });

function compiled(
  changes: readonly Partial<CollectionScriptDeclaration>[],
  selection: ItemSelection = hosts,
  targets: Parameters<typeof sampleStacks>[0] extends undefined ? never : readonly string[] = [
    ...standardTargets,
    'scripts',
  ],
) {
  const stacks = sampleStacks((plant) =>
    changes.reduce(
      (stack, change) => stack.schedule(defineCollectionScript({ ...declaration, ...change }), selection),
      plant,
    ),
  ).map((stack) => (stack.name === 'plant' ? { ...stack, targets: targets as typeof standardTargets } : stack));
  return compileGroup(sampleGroup({ stacks }));
}

const toldOf = ({ diagnostics }: ReturnType<typeof compiled>) =>
  diagnostics
    .filter(({ code }) => code.startsWith('scripts/'))
    .map(({ code, detail }) => `${code.slice(8)}: ${detail}`);

describe('a scheduled script', () => {
  it('is its program, what runs it, a service, a timer and the hosts that are to run it', async () => {
    const files = compiled([{}]).resources.filter(({ target }) => target === 'scripts');
    const text = files.map(({ address, spec }) => `==> ${address} (${spec.path})\n${spec.content}`).join('\n');
    await expect(text).toMatchFileSnapshot('./golden/raid-state.txt');
  });

  it.each<{ name: string; changes: Partial<CollectionScriptDeclaration>[]; told: string[] }>([
    {
      name: 'a timeout that reaches its next run',
      changes: [{ timeout: '5m' }],
      told: ['timeout-too-long: raid-state may take 5m and runs every 5m.'],
    },
    {
      name: 'no test',
      changes: [{ tests: [] }],
      told: ['not-tested: raid-state has no test, so nobody knows what it prints.'],
    },
    {
      name: 'root',
      changes: [{ user: 'root' }],
      told: ['runs-as-root: raid-state runs as root on every host that it is scheduled for.'],
    },
    {
      name: 'the same script twice',
      changes: [{}, {}],
      told: [
        'scheduled-twice: plant schedules raid-state more than once, or two scripts of that id.',
        'output-twice: raid_missing_disks is an output of raid-state. On one host node_exporter refuses what two files have.',
      ],
    },
    {
      name: 'one metric of two scripts',
      changes: [{}, { id: 'other' }],
      told: [
        'output-twice: raid_missing_disks is an output of raid-state and other. On one host node_exporter refuses what two files have.',
      ],
    },
  ])('is told with $name', ({ changes, told }) => {
    expect(toldOf(compiled(changes))).toEqual(told);
  });

  it.each([
    { output: { name: 'errors', type: 'counter' }, problem: 'a counter ends with _total' },
    { output: { name: 'errors_total', type: 'gauge' }, problem: 'only a counter ends with _total' },
    { output: { name: 'age', unit: 'seconds' }, problem: 'its unit is seconds, which its name does not end with' },
    { output: { name: 'node_age', type: 'gauge' }, problem: 'it begins as what node_exporter itself shows' },
    { output: { name: 'age', labels: ['site'] }, problem: 'site is what Prometheus gives to the target' },
  ] as const)('is told with an output where $problem', ({ output, problem }) => {
    const [first] = declaration.outputs;
    if (first === undefined) throw new Error('There is one.');
    const told = toldOf(compiled([{ outputs: [{ ...first, ...output }] }]));
    expect(told).toEqual([`output-misnamed: ${output.name} of raid-state: ${problem}.`]);
  });

  it('is told where no host runs it, and where the stack has no place for it', () => {
    expect(toldOf(compiled([{}], items.where({ id: 'nobody' })))[0]).toMatch(
      /^nothing-selected: plant schedules raid-state for/,
    );
    expect(toldOf(compiled([{}], hosts, standardTargets))).toEqual([
      'no-target: plant schedules raid-state and has no target scripts that takes its files.',
    ]);
  });
});

it.each<{ name: string; change: object }>([
  { name: 'an id that would be another path', change: { id: '../x' } },
  { name: 'a user that would be another line of a unit', change: { user: 'x\nExecStart=/bin/y' } },
  { name: 'a fixture outside of its folder', change: { tests: [{ name: 'x', files: { '../../x': '' }, expect: {} }] } },
  { name: 'an interpreter of its own', change: { interpreter: 'sh -c id;' } },
  {
    name: 'a program that is a path',
    change: { tests: [{ name: 'x', programs: { '../sh': { prints: '' } }, expect: {} }] },
  },
])('$name is refused where it is declared', ({ change }) => {
  expect(() => defineCollectionScript({ ...declaration, ...change })).toThrow(DeclarationRefused);
});
