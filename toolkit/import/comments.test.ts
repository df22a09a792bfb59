import { describe, expect, it } from 'vitest';
import { readForeign } from '../lint/index.ts';
import { placeComments } from './comments.ts';

function commentsOf(text: string, mayKeep?: (comment: string) => boolean) {
  const { input } = readForeign([{ path: 'rules.yml', text }], '0.34');
  const parts = input.ruleFiles.map(({ document, pointer, value }) => ({ document, pointer, value }));
  const placed = placeComments(text, parts, mayKeep);
  return { ...placed, at: (pointer: string) => (parts[0] === undefined ? [] : placed.at(parts[0].document, pointer)) };
}

const text = `# the file
groups:
  # the group
  - name: a
    rules:
      # the rule,
      #   in two lines
      - alert: A # behind its name
        expr: |
          # of the expression, and no comment
          up == 0
        annotations:
          summary: "colour #fff" # behind a text
          url: http://a.example/#anchor
# the end
`;

describe('a comment', () => {
  const { at, last, dropped } = commentsOf(text);

  it.each([
    { name: 'before all belongs to the whole', pointer: '', comments: [' the file'] },
    { name: 'before a group belongs to it', pointer: '/groups/0', comments: [' the group'] },
    {
      name: 'of several lines belongs to the next rule',
      pointer: '/groups/0/rules/0',
      comments: [' the rule,', '   in two lines'],
    },
    { name: 'behind a name belongs to the name', pointer: '/groups/0/rules/0/alert', comments: [' behind its name'] },
    { name: 'inside an expression is none', pointer: '/groups/0/rules/0/expr', comments: [] },
    {
      name: 'behind a text with # belongs to it',
      pointer: '/groups/0/rules/0/annotations/summary',
      comments: [' behind a text'],
    },
    { name: 'without a blank before it is none', pointer: '/groups/0/rules/0/annotations/url', comments: [] },
  ])('$name', ({ pointer, comments }) => {
    expect(at(pointer)).toEqual(comments);
  });

  it('after all of it is the last', () => {
    expect({ last, dropped }).toEqual({ last: [' the end'], dropped: [] });
  });

  it('that may not be kept is told with its place', () => {
    const found = commentsOf(text, (comment) => !comment.includes('end'));
    expect({ last: found.last, dropped: found.dropped }).toEqual({
      last: [],
      dropped: [{ file: 'rules.yml', line: 15, column: 1 }],
    });
  });
});
