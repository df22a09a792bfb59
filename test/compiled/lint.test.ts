import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const root = join(import.meta.dirname, '..', '..');

/** What is left are notices, each of them known: the linter is as strict with this repository as with those of others. */
it('the content of this repository compiles to what the linter finds no error in', () => {
  const { opsctl, remove } = makeWorkplace();
  try {
    const { status, stdout } = opsctl(`lint --directory ${root} --min-severity error`);
    expect({ status, findings: stdout.split('\n').filter((line) => line.startsWith('error')) }).toEqual({
      status: 0,
      findings: [],
    });
  } finally {
    remove();
  }
});
