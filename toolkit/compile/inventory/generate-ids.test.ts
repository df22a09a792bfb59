import { expect, it } from 'vitest';
import { generateIds } from './generate-ids.ts';
import { readInventories } from './read-inventories.ts';

function generated(files: Readonly<Record<string, string>>): string {
  return generateIds(
    readInventories(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))).items,
  );
}

it('ids are a type, by class and name, whatever file they are in', () => {
  const text = generated({
    'host.csv': 'id\nmes-2\n主机-1\nmes-1\n',
    'x.yaml': '- { id: web, class: http-endpoint }\n- { id: "it\'s", class: host }\n',
  });
  expect(text).toBe(`// Made by \`opsctl generate\` from cmdb/items/*.yaml and *.csv. Do not edit.
import { itemReference } from 'opsctl';

export type ItemId =
  // host
  | 'mes-1'
  | 'mes-2'
  | '主机-1'
  // http-endpoint
  | 'web';

export const item = itemReference<ItemId>();
`);
  expect(
    generated({ 'x.yaml': '- { id: web, class: http-endpoint }\n', 'host.csv': 'id\nmes-1\n主机-1\nmes-2\n' }),
  ).toBe(text);
});

it('no ids are the type of nothing', () => {
  expect(generated({})).toContain('export type ItemId = never;');
});

it('more than 20,000 ids are any text', () => {
  const ids = Array.from({ length: 20_001 }, (_, index) => `host-${index}`);
  expect(generated({ 'host.csv': ['id', ...ids].join('\n') })).toContain('export type ItemId = string;');
});
