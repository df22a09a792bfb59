import { describe, expect, it } from 'vitest';
import type { JsonObject, TargetBinding } from '../../model/index.ts';
import { checkSharedPlaces } from './index.ts';

const providers = [
  { name: 'prometheus', places: ['prometheus.yml', 'rules', 'targets'] },
  { name: 'alertmanager', places: ['alertmanager.yml', 'templates'] },
  { name: 'files' },
];

function bound(stack: string, target: string, settings: JsonObject): TargetBinding {
  return { stack, target, provider: target, settings };
}

/** Lines count the bindings, so that a position tells which of them is reported. */
function check(...targets: readonly TargetBinding[]) {
  const positionOf = (stack: string, target: string) => ({
    file: 'lab.yaml',
    line: 1 + targets.findIndex((binding) => binding.stack === stack && binding.target === target),
    column: 5,
  });
  return checkSharedPlaces(targets, { root: '/repo', providers, positionOf });
}

const east = bound('east', 'prometheus', { directory: '/etc/prometheus' });

describe('checkSharedPlaces', () => {
  it.each([
    { name: 'directories side by side', other: bound('west', 'prometheus', { directory: '/etc/prometheus-2' }) },
    {
      name: 'Prometheus and Alertmanager in one directory, as Debian has it',
      other: bound('east', 'alertmanager', { directory: '/etc/prometheus' }),
    },
    {
      name: 'a directory inside that of Prometheus which it does not look into',
      other: bound('east', 'files', { directory: '/etc/prometheus/cmdb' }),
    },
    { name: 'a folder of opsctl beside its state', other: bound('west', 'files', { directory: '/repo/.opsctl/lab' }) },
    { name: 'a directory in the repository beside content', other: bound('west', 'files', { directory: '/repo/out' }) },
    { name: 'a target without a directory', other: bound('west', 'prometheus', { url: 'http://one:9090' }) },
  ])('$name may be', ({ other }) => {
    expect(check(east, other)).toEqual([]);
    expect(check(other, east)).toEqual([]);
  });

  it.each([
    { name: 'the same directory', directory: '/etc/prometheus', path: '/etc/prometheus/prometheus.yml' },
    {
      name: 'the same one in another spelling',
      directory: '/etc//x/../prometheus/',
      path: '/etc/prometheus/prometheus.yml',
    },
    {
      name: 'one inside what the other looks through',
      directory: '/etc/prometheus/rules',
      path: '/etc/prometheus/rules/prometheus.yml',
    },
  ])('$name is refused for two stacks, at the later of the two', ({ directory, path }) => {
    const second = bound('west', 'prometheus', { directory });
    expect(check(east, second)).toMatchObject([
      {
        code: 'bindings/shared-place',
        subject: 'west/prometheus',
        position: { line: 2 },
        detail: `prometheus of west writes ${path}, and so does prometheus of east, which is bound at lab.yaml:1:5: each would overwrite or remove what the other has there.`,
      },
    ]);
  });

  it('is refused within one stack as well, and when the later one is around the earlier', () => {
    const around = bound('east', 'files', { directory: '/etc' });
    expect(check(east, around)).toMatchObject([{ code: 'bindings/shared-place', subject: 'east/files' }]);
  });

  it('tells each pair of targets once', () => {
    const [west, north] = [bound('west', 'prometheus', east.settings), bound('north', 'prometheus', east.settings)];
    expect(check(east, west, north).map(({ subject, position }) => [subject, position?.line])).toEqual([
      ['west/prometheus', 2],
      ['north/prometheus', 3],
      ['north/prometheus', 3],
    ]);
  });

  it.each([
    { name: 'a content folder', directory: '/repo/cmdb/items', reserved: 'cmdb' },
    { name: 'the state', directory: '/repo/.opsctl/state', reserved: '.opsctl/state' },
    { name: 'what the state lies in', directory: '/repo/.opsctl', reserved: '.opsctl/state' },
    { name: 'the repository', directory: '/repo', reserved: 'alerts' },
    { name: 'what the repository lies in', directory: '/', reserved: 'alerts' },
    { name: 'the history', directory: '/repo/.git/hooks', reserved: '.git' },
  ])('$name is refused as a directory', ({ directory, reserved }) => {
    expect(check(bound('east', 'files', { directory }))).toMatchObject([
      {
        code: 'bindings/reserved-place',
        subject: 'east/files',
        position: { line: 1 },
        detail: expect.stringContaining(`, and ${reserved}/ of this repository is there`),
      },
    ]);
  });

  it.each([
    { name: 'the same text', url: 'http://one:9090' },
    { name: 'a slash more', url: 'http://one:9090/' },
    { name: 'capitals', url: 'HTTP://ONE:9090' },
  ])('one URL for two targets is refused: $name', ({ url }) => {
    const [first, second] = [
      bound('east', 'prometheus', { directory: '/a', url: 'http://one:9090' }),
      bound('west', 'prometheus', { directory: '/b', url }),
    ];
    expect(check(first, second)).toMatchObject([
      { code: 'bindings/shared-url', subject: 'west/prometheus', position: { line: 2 } },
    ]);
  });

  it.each([
    { name: 'the usual port', one: 'https://one', other: 'https://one:443' },
    { name: 'this machine by two names', one: 'http://localhost:9090', other: 'http://127.0.0.1:9090' },
  ])('one server is one, however it is written: $name', ({ one, other }) => {
    const targets = [one, other].map((url, index) =>
      bound(`s${index}`, 'prometheus', { directory: `/d${index}`, url }),
    );
    expect(check(...targets).map(({ code }) => code)).toEqual(['bindings/shared-url']);
  });

  it('two paths behind one proxy are two servers', () => {
    const targets = ['a', 'b'].map((name) =>
      bound(name, 'prometheus', { directory: `/${name}`, url: `https://proxy/${name}` }),
    );
    expect(check(...targets)).toEqual([]);
  });
});
