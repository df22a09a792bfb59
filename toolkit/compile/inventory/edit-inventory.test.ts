import { describe, expect, it } from 'vitest';
import { editInventory } from './edit-inventory.ts';

const csv = '\ufeff# hosts\r\nid,site,title_en,identity.serial,memory,tags\r\na,hq,A,1,8,x\r\nb,hq,"B, b",2,,\r\n';
const yaml = `defaults: { site: hq }
items:
  - id: a # first
    attributes: { memory: 8, tags: [x] }
  - id: b
    identity:
      serial: "2"
`;

describe('editInventory', () => {
  it.each([
    { name: 'an attribute', pointer: '/attributes/memory', id: 'a', value: 16, edited: csv.replace('1,8,x', '1,16,x') },
    { name: 'an empty cell', pointer: '/attributes/memory', id: 'b', value: 16, edited: csv.replace('2,,', '2,16,') },
    { name: 'a title in quotes', pointer: '/title/en', id: 'b', value: 'C', edited: csv.replace('"B, b"', '"C"') },
    { name: 'a list', pointer: '/attributes/tags', id: 'a', value: ['y', 'z'], edited: csv.replace('8,x', '8,y;z') },
    { name: 'an absent value', pointer: '/identity/serial', id: 'a', value: null, edited: csv.replace('A,1,', 'A,,') },
  ])('writes $name of a CSV file', ({ pointer, id, value, edited }) => {
    const bytes = Buffer.from(csv);
    expect(editInventory({ path: 'host.csv', bytes }, [{ id, pointer, value }])).toEqual({
      kind: 'edited',
      text: edited,
    });
  });

  it.each([
    { name: 'an attribute', pointer: '/attributes/memory', id: 'a', value: 16, edited: yaml.replace('8', '16') },
    { name: 'a text', pointer: '/identity/serial', id: 'b', value: '007', edited: yaml.replace('"2"', '"007"') },
  ])('writes $name of a YAML file', ({ pointer, id, value, edited }) => {
    const bytes = Buffer.from(yaml);
    expect(editInventory({ path: 'a.yaml', bytes }, [{ id, pointer, value }])).toEqual({
      kind: 'edited',
      text: edited,
    });
  });

  it.each([
    {
      name: 'an item of another file',
      path: 'a.yaml',
      text: yaml,
      edit: { id: 'c', pointer: '/site', value: 'x' },
      line: 1,
    },
    {
      name: 'a default of all items',
      path: 'a.yaml',
      text: yaml,
      edit: { id: 'a', pointer: '/site', value: 'x' },
      line: 3,
    },
    {
      name: 'a list in YAML',
      path: 'a.yaml',
      text: yaml,
      edit: { id: 'a', pointer: '/attributes/tags', value: ['y'] },
      line: 4,
    },
    {
      name: 'a column that is not there',
      path: 'host.csv',
      text: csv,
      edit: { id: 'b', pointer: '/owner', value: 'x' },
      line: 4,
    },
    {
      name: 'a mapping in a cell',
      path: 'host.csv',
      text: csv,
      edit: { id: 'b', pointer: '/site', value: { a: 1 } },
      line: 4,
    },
  ])('leaves $name alone, and says why', ({ path, text, edit, line }) => {
    expect(editInventory({ path, bytes: Buffer.from(text) }, [edit])).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'inventory/cannot-edit', subject: edit.id, position: { file: path, line } }],
    });
  });
});
