import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import type { ApplyResult, ChangeOutcome } from '../../toolkit/engine/engine.ts';
import { exitOfApply } from './carry-out.ts';

const address = 'plant-1/file/motd' as ChangeOutcome['address'];
const diagnostic: Diagnostic = {
  code: 'engine/change-failed',
  severity: 'error',
  summary: 'S',
  detail: 'D.',
  hint: 'H.',
};
const done: ChangeOutcome = { status: 'done', address, action: 'create' };
const failed: ChangeOutcome = { status: 'failed', address, action: 'create', diagnostic };
const skipped: ChangeOutcome = { status: 'skipped', address, action: 'create', because: { kind: 'interrupted' } };

describe('how an apply ends', () => {
  it.each([
    { name: 'everything done', result: { outcomes: [done, done] }, exit: 'done' },
    { name: 'nothing to do', result: {}, exit: 'done' },
    {
      name: 'some done and one failed',
      result: { outcomes: [done, failed], diagnostics: [diagnostic] },
      exit: 'partial',
    },
    { name: 'some done and the rest skipped', result: { outcomes: [done, skipped] }, exit: 'partial' },
    { name: 'all failed', result: { outcomes: [failed], diagnostics: [diagnostic] }, exit: 'failure' },
    { name: 'all skipped without a word', result: { outcomes: [skipped] }, exit: 'failure' },
    {
      name: 'all done, and something does not work',
      result: { outcomes: [done], health: [{ address, healthy: false, detail: '' }] },
      exit: 'failure',
    },
    {
      name: 'all done, and a state that could not be written',
      result: { outcomes: [done], diagnostics: [diagnostic] },
      exit: 'failure',
    },
    {
      name: 'interrupted in the middle',
      result: { outcomes: [done, skipped], interrupted: true },
      exit: 'interrupted',
    },
    {
      name: 'a lock that was lost before anything was done',
      result: { outcomes: [skipped], diagnostics: [{ ...diagnostic, code: 'lock/lost' }] },
      exit: 'failure',
    },
  ])('$name: $exit', ({ result, exit }) => {
    const whole: ApplyResult = {
      outcomes: [],
      health: [],
      waiting: [],
      leftRunning: [],
      diagnostics: [],
      interrupted: false,
      ...result,
    };
    expect(exitOfApply(whole)).toBe(exit);
  });
});
