import { expect, it } from 'vitest';
import type { ApplyEvent } from '../../toolkit/engine/engine.ts';
import { withoutRepeats } from './without-repeats.ts';

it('tells what is waited for once for each target, and again when it changes', () => {
  const waiting = (target: string, message: string): ApplyEvent => ({
    kind: 'waiting-for-health',
    stack: 'plant-1',
    target,
    message,
  });
  const started: ApplyEvent = { kind: 'started', changes: 1, targets: 1 };
  const isNew = withoutRepeats();
  const events = [
    started,
    started,
    waiting('prometheus', 'a'),
    waiting('prometheus', 'a'),
    waiting('blackbox', 'a'),
    waiting('prometheus', 'b'),
    waiting('prometheus', 'a'),
  ];
  expect(events.map(isNew)).toEqual([true, true, true, false, true, true, true]);
});
