import { expect, it } from 'vitest';
import { compileGroup } from '../../../toolkit/compile/compile-group.ts';
import { sampleGroup, sampleItem } from '../../../toolkit/testing/sample-group.ts';
import { heldBackBy } from './held-back.ts';

const needs = (...ids: readonly string[]) => ({ relations: ids.map((to) => ({ type: 'depends-on', to })) });
const host = (id: string, more: Parameters<typeof sampleItem>[3] = {}) => sampleItem(id, 'host', { address: id }, more);
const { resources } = compileGroup(
  sampleGroup({
    items: [host('top-1', needs('mid-1')), host('mid-1', needs('base.1', 'base2')), host('base.1'), host('base2')],
  }),
);

it.each([
  { name: 'what an item needs at all depths holds its alerts back', item: 'top-1', by: ['base.1', 'base2', 'mid-1'] },
  { name: 'and not what needs it', item: 'mid-1', by: ['base.1', 'base2'] },
  { name: 'nothing holds back what needs nothing', item: 'base2', by: [] },
  { name: 'an id that is nearly another is another', item: 'mid-11', by: [] },
])('$name', ({ item, by }) => {
  expect(heldBackBy(item, new Set(['plant']), resources)).toEqual(by.map((id) => ({ item: id, alerts: ['HostDown'] })));
});

it('a control point that does not operate the item is not asked', () => {
  expect(heldBackBy('top-1', new Set(['hq-2']), resources)).toEqual([]);
});
