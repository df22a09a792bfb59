import { describe, expect, it } from 'vitest';
import { editCsv } from './edit-csv.ts';

const text = '\ufeff# hosts\r\nid;名;note\r\na;主机;"x"\r\n\r\nb;;y';

describe('editCsv', () => {
  it.each([
    { name: 'a cell', edits: [{ row: 1, column: 'note', value: 'z' }], edited: text.replace(';y', ';z') },
    { name: 'an empty cell', edits: [{ row: 1, column: '名', value: '新' }], edited: text.replace('b;;', 'b;新;') },
    { name: 'quotes stay', edits: [{ row: 0, column: 'note', value: 'w' }], edited: text.replace('"x"', '"w"') },
    {
      name: 'quotes where the separator needs them',
      edits: [{ row: 0, column: '名', value: 'a;"b"' }],
      edited: text.replace('主机', '"a;""b"""'),
    },
    {
      name: 'several cells of a row',
      edits: [
        { row: 0, column: 'id', value: 'long-id' },
        { row: 0, column: '名', value: 'n' },
      ],
      edited: text.replace('a;主机', 'long-id;n'),
    },
  ])('$name: nothing else changes', ({ edits, edited }) => {
    expect(editCsv(text, 'a.csv', edits)).toEqual({ kind: 'edited', text: edited });
  });

  it.each([
    { name: 'a column that is not there', text, edit: { row: 0, column: 'x', value: '1' } },
    { name: 'a row that is not there', text, edit: { row: 7, column: 'id', value: '1' } },
    { name: 'an edit that would make a row vanish', text: 'id\na\n', edit: { row: 0, column: 'id', value: '' } },
  ])('$name is refused', ({ text: source, edit }) => {
    expect(editCsv(source, 'a.csv', [edit])).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'csv/cannot-edit' }],
    });
  });
});
