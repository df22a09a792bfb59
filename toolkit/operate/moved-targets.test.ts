import { describe, expect, it } from 'vitest';
import type { TargetIdentity } from '../model/index.ts';
import { stateOf } from '../testing/arbitraries.ts';
import { findMoved } from './moved-targets.ts';

/** What is found when a target of this identity was applied to, and that one answers now. */
function moveOf(before: TargetIdentity | null, now: TargetIdentity, reviewed: readonly string[] = []) {
  const state = { ...stateOf('east', []), identities: before === null ? {} : { disk: before } };
  return findMoved([{ stack: 'east', target: 'disk', provider: 'files', identity: now }], [state], reviewed);
}

describe('findMoved', () => {
  it.each([
    { name: 'never applied to', before: null, now: { directory: '/b' } },
    { name: 'the same directory', before: { directory: '/a' }, now: { directory: '/a' } },
    {
      name: 'the same directory, whose server has another label since it was applied to',
      before: { directory: '/a', stack: 'old' },
      now: { directory: '/a', stack: 'east' },
    },
    { name: 'a fact that only one side knows', before: { cluster: 'x' }, now: { cluster: 'x', node: 'y' } },
  ])('$name is no move', ({ before, now }) => {
    expect(moveOf(before, now)).toEqual([]);
  });

  it('another directory is a move, from there to here', () => {
    expect(moveOf({ directory: '/a', stack: 'east' }, { directory: '/b' })).toEqual([
      { stack: 'east', target: 'disk', from: '/a', to: '/b', isReviewed: false },
    ]);
  });

  it('a fact that differs is a move where no directory tells', () => {
    expect(moveOf({ cluster: 'x' }, { cluster: 'y' })).toMatchObject([{ from: 'cluster x', to: 'cluster y' }]);
  });

  it('is reviewed when the user named the target', () => {
    expect(moveOf({ directory: '/a' }, { directory: '/b' }, ['east/disk'])).toMatchObject([{ isReviewed: true }]);
    expect(moveOf({ directory: '/a' }, { directory: '/b' }, ['west/disk'])).toMatchObject([{ isReviewed: false }]);
  });
});
