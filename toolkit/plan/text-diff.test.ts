import { describe, expect, it } from 'vitest';
import { diffText } from './text-diff.ts';

describe('stretches that differ', () => {
  it.each([
    { name: 'none', before: 'up == 0', after: 'up == 0', segments: [] },
    {
      name: 'a number, with the operator before it',
      before: 'rate(errors[5m]) > 0.9 or up == 0',
      after: 'rate(errors[5m]) > 0.95 or up == 0',
      segments: [{ lead: '>', before: '0.9', after: '0.95' }],
    },
    {
      name: 'two that lie far apart',
      before: 'a{x="1"} > 1 or time() - something_long_enough{y="2"} > 2',
      after: 'a{x="1"} > 3 or time() - something_long_enough{y="2"} > 4',
      segments: [
        { lead: '>', before: '1', after: '3' },
        { lead: '>', before: '2', after: '4' },
      ],
    },
    {
      name: 'two that lie close together, as one',
      before: 'up > 1 or b > 2',
      after: 'up > 3 or b > 4',
      segments: [{ lead: '>', before: '1 or b > 2', after: '3 or b > 4' }],
    },
    {
      name: 'a quoted text as one word',
      before: 'up{job="node a"}',
      after: 'up{job="node b"}',
      segments: [{ lead: '=', before: '"node a"', after: '"node b"' }],
    },
    {
      name: 'what was put in, but not the brackets around the rest',
      before: 'something_long_enough == 0',
      after: '(something_long_enough unless on (item) waived) == 0',
      segments: [{ lead: '', before: '', after: 'unless on (item) waived)' }],
    },
    {
      name: 'what was put in before a bracket, from its first word on',
      before: '(free{class="host"}) < 1',
      after: '(free{class="host"}) unless on (item) waived{alert="A"}) < 1',
      segments: [{ lead: '', before: '', after: 'unless on (item) waived{alert="A"})' }],
    },
  ])('$name', ({ before, after, segments }) => {
    expect(diffText(before, after)).toEqual(segments);
  });
});
