import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { canonicalTargets, targetsKind } from './targets.ts';

const list = (...groups: readonly JsonObject[]): JsonObject => ({ name: 'hosts', groups });

describe('canonicalTargets', () => {
  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    { name: 'targets have no order', one: list({ targets: ['b', 'a'] }), other: list({ targets: ['a', 'b'] }) },
    {
      name: 'groups have no order',
      one: list({ targets: ['b'], labels: { item: 'x' } }, { targets: ['a'] }),
      other: list({ targets: ['a'] }, { targets: ['b'], labels: { item: 'x' } }),
    },
    { name: 'labels are empty', one: list({ targets: ['a'], labels: {} }), other: list({ targets: ['a'] }) },
    { name: 'a list without groups is a list', one: { name: 'hosts', groups: [] }, other: { name: 'hosts' } },
  ])('$name', ({ one, other }) => {
    expect(canonicalTargets(one)).toEqual(canonicalTargets(other));
  });

  it('keeps what tells targets apart', () => {
    expect(canonicalTargets(list({ targets: ['a'], labels: { item: 'x' } }))).not.toEqual(
      canonicalTargets(list({ targets: ['a'], labels: { item: 'y' } })),
    );
  });
});

describe('a target list', () => {
  it.each([
    { name: 'cut off', text: '[{"targets": ["a"', reason: /^it is not valid JSON \(.*position/ },
    { name: 'no list', text: '{}', reason: /^it holds no list of groups$/ },
  ])('that is $name is malformed', ({ text, reason }) => {
    expect(targetsKind.parse(text, { name: 'hosts' })).toEqual({
      state: 'malformed',
      reason: expect.stringMatching(reason),
      spec: { name: 'hosts' },
    });
  });
});
