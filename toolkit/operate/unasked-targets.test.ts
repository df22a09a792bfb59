import { describe, expect, it } from 'vitest';
import { Failure } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import { memoryBinding } from '../testing/memory-target.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { UnaskedTargets } from './unasked-targets.ts';

const failure = (reason: string) =>
  new Failure(operateDiagnostics.create('target-not-answering', { stack: 'east', target: 'disk', reason }));
const silent = (reason: string) => () => Promise.reject(failure(reason));

describe('targets that could not be asked', () => {
  it('are asked no second question, and told once with what the first one ran into', async () => {
    const unasked = new UnaskedTargets();
    expect(await unasked.ask('east/disk', silent('first'), 'nothing')).toBe('nothing');
    expect(await unasked.ask('east/disk', () => Promise.reject(new Error('asked again')), 'nothing')).toBe('nothing');
    expect(await unasked.ask('west/disk', async () => 'an answer', 'nothing')).toBe('an answer');
    expect(unasked.diagnostics).toMatchObject([{ code: 'operate/target-not-answering', subject: 'east/disk' }]);
    expect(unasked.list()).toEqual([
      {
        stack: 'east',
        target: 'disk',
        reason:
          'Server of the target does not answer. What the target disk of the stack east runs was not compared with its files: first',
      },
    ]);
  });

  it('are told once when several questions were under way', async () => {
    const unasked = new UnaskedTargets();
    await Promise.all([unasked.ask('east/disk', silent('a'), null), unasked.ask('east/disk', silent('b'), null)]);
    expect(unasked.diagnostics).toHaveLength(1);
  });

  it('hide no bug', async () => {
    await expect(new UnaskedTargets().ask('east/disk', () => Promise.reject(new Error('a bug')), null)).rejects.toThrow(
      'a bug',
    );
  });

  it('leave a stack alone whose run was cut off, for how that ended is not known', async () => {
    const unasked = new UnaskedTargets();
    await unasked.ask('east/disk', silent('x'), null);
    await unasked.ask('west/disk', silent('x'), null);
    const targets = ['east', 'west', 'north'].flatMap((stack) => [memoryBinding(stack), memoryBinding(stack, 'other')]);
    unasked.leaveUnsettled([stackOf('east', ['disk']), stackOf('west', []), stackOf('north', ['disk'])], targets);
    expect(unasked.list().map(({ stack, target }) => `${stack}/${target}`)).toEqual([
      'east/disk',
      'west/disk',
      'east/other',
    ]);
    expect(unasked.diagnostics).toHaveLength(2);
  });
});

function stackOf(stack: string, uncommittedTargets: readonly string[]): LoadedStack {
  return { state: { stack, uncommittedTargets }, uncertain: new Map() } as unknown as LoadedStack;
}
