import { describe, expect, it } from 'vitest';
import { denialOf } from '../host/sandbox/denial.ts';
import { describeDenial } from './describe-denial.ts';

describe('what stopped content', () => {
  it.each([
    { kind: 'import-denied', code: 'content/denied', summary: 'Content reaches for what it may not' },
    { kind: 'content-threw', code: 'content/broken', summary: 'Content does not run' },
    { kind: 'timed-out', code: 'content/too-much', summary: 'Content takes too much' },
    { kind: 'session-failed', code: 'content/program-failed', summary: 'opsctl failed on this content' },
  ] as const)('$kind is told as $code, with its position', ({ kind, code, summary }) => {
    const denial = { ...denialOf(kind, 'It did.'), file: 'stacks/a.ts', line: 3 };
    expect(describeDenial(denial)).toMatchObject({
      code,
      summary,
      detail: 'It did.',
      expected: denial.expected,
      position: { file: 'stacks/a.ts', line: 3, column: 1 },
    });
  });
});
