import { expect, it } from 'vitest';
import { checkSharedHomes } from './check-shared-homes.ts';

const home = { namespace: 'monitoring', labels: { release: 'prometheus' } };
const other = { namespace: 'monitoring', labels: { release: 'second' } };
const positionOf = (stack: string) => ({ file: `${stack}.yaml`, line: 1, column: 1 });

it.each([
  {
    name: 'with the same labels in one cluster are refused',
    homes: [home, home],
    contexts: ['a', 'a'],
    found: ['b/kubernetes'],
  },
  { name: 'with other labels are two', homes: [home, other], contexts: ['a', 'a'], found: [] },
  { name: 'in two clusters are two', homes: [home, home], contexts: ['a', 'b'], found: [] },
  { name: 'one of which has its Prometheus elsewhere are two', homes: [home, null], contexts: ['a', 'a'], found: [] },
])('two stacks $name', ({ homes, contexts, found }) => {
  const names = ['a', 'b'];
  const targets = names.map((stack, index) => {
    const settings = { context: contexts[index] ?? '', namespace: stack };
    return { stack, target: 'kubernetes', provider: 'kubernetes', settings };
  });
  const stacks = names.map((name, index) => ({ name, home: homes[index] ?? null }));
  expect(checkSharedHomes(targets, stacks, positionOf).map(({ subject }) => subject)).toEqual(found);
});

it('a stack that no binding has a cluster for is not compared', () => {
  const stacks = ['a', 'b'].map((name) => ({ name, home }));
  expect(checkSharedHomes([], stacks, positionOf)).toEqual([]);
});
