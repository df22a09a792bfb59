import { expect, it } from 'vitest';
import { DeclarationRefused, definePanel, defineScreen } from './index.ts';

const title = { en: 'Boilers', zh: '锅炉' };
const panel = { id: 'boilers', title, show: { kind: 'map' }, queries: [{ expr: 'up' }] };
const tile = { panel: definePanel(panel as never), x: 0, y: 0, width: 4, height: 4 };

it.each([
  { name: 'a view that there is not', given: { ...panel, show: { kind: 'pie' } }, at: 'show.kind' },
  { name: 'a title in one language', given: { ...panel, title: 'Boilers' }, at: 'title' },
  { name: 'an id with blanks', given: { ...panel, id: 'the boilers' }, at: 'id' },
  {
    name: 'a colour that means nothing',
    given: { ...panel, steps: [{ from: null, colour: 'pink' }] },
    at: 'steps[0].colour',
  },
  { name: 'a misspelt field', given: { ...panel, query: 'up' }, at: 'query' },
  { name: 'a table without columns', given: { ...panel, show: { kind: 'table' } }, at: 'show.columns' },
])('a panel with $name is refused where it is', ({ given, at }) => {
  expect(refusalsOf(() => definePanel(given as never)).join(' ')).toContain(at);
});

it.each([
  { name: 'a tile of half a column', given: { tiles: [{ ...tile, x: 0.5 }] }, at: 'tiles[0].x' },
  { name: 'a tile without a height', given: { tiles: [{ ...tile, height: 0 }] }, at: 'tiles[0].height' },
  {
    name: 'a tile with something else than a panel',
    given: { tiles: [{ ...tile, panel: { id: 'x' } }] },
    at: 'tiles[0].panel',
  },
  { name: 'a refresh that is no duration', given: { tiles: [], refresh: 'often' }, at: 'refresh' },
])('a screen with $name is refused where it is', ({ given, at }) => {
  expect(refusalsOf(() => defineScreen({ id: 'wall', title, ...given } as never)).join(' ')).toContain(at);
});

it('what is declared cannot be changed afterwards', () => {
  const screen = defineScreen({ id: 'wall', title, tiles: [tile] });
  expect(() => ((screen.tiles as unknown[]).length = 0)).toThrow(TypeError);
});

function refusalsOf(declare: () => unknown): readonly string[] {
  try {
    declare();
  } catch (thrown) {
    if (thrown instanceof DeclarationRefused) return thrown.diagnostics.map(({ detail }) => detail);
    throw thrown;
  }
  return [];
}
