import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../../toolkit/engine/lock/acquire-lock.ts';
import { createFileBackend } from '../../toolkit/engine/state/file-backend.ts';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, start, remove } = makeWorkplace();

beforeAll(() => {
  expect(opsctl('dev generate . --resources 1500 --seed 5').status).toBe(0);
});
afterAll(remove);

describe('exit codes of the program', () => {
  it.each([
    { words: '--version', status: 0 },
    { words: 'plan --help', status: 0 },
    { words: '', status: 64 },
    { words: 'plann', status: 64 },
    { words: 'plan --outt x', status: 64 },
    { words: 'plan --stack nowhere', status: 64 },
    { words: 'explain nothing-like-it', status: 64 },
    { words: 'validate', status: 0 },
    { words: 'plan', status: 0 },
    { words: 'plan --detailed-exitcode', status: 2 },
    { words: 'apply', status: 4 },
    { words: 'apply --stack plant-1 --yes', status: 0 },
    { words: 'plan --stack plant-1 --detailed-exitcode', status: 0 },
    { words: 'validate --directory /', status: 64 },
    { words: 'plan --environment nowhere', status: 64 },
    { words: 'plan --target plant-1/nothing/like-it', status: 64 },
    { words: 'graph --stack nowhere', status: 64 },
    { words: 'apply no.plan', status: 64 },
    { words: 'apply stacks/plant-1.ts', status: 64 },
    { words: 'apply --yes --approved-by nobody-known', status: 64 },
    { words: 'completion tcsh', status: 64 },
  ])('`opsctl $words` ends with $status', ({ words, status }) => {
    expect(opsctl(words).status).toBe(status);
  });

  it('content with an error ends with 3, whatever the format', () => {
    writeFileSync(join(folder, 'cmdb/items/broken.csv'), 'id,site\nno-class,nowhere\n');
    for (const format of ['human', 'sarif']) expect(opsctl(`validate --format ${format}`).status).toBe(3);
    expect(opsctl('plan').status).toBe(3);
    expect(opsctl('apply --yes').status).toBe(3);
    writeFileSync(join(folder, 'cmdb/items/broken.csv'), 'id,site\n');
  });

  it('a stack that somebody works on ends with 6, and says who', async () => {
    const store = createFileBackend(join(folder, '.opsctl/state')).open({ environment: 'lab', stack: 'hq' });
    const lock = await acquireLock(store, { command: 'a test', waitMs: 0 });
    try {
      expect(opsctl('apply --stack hq --yes')).toMatchObject({
        status: 6,
        stderr: expect.stringContaining('`a test`'),
      });
      expect(opsctl('state unlock hq').status).toBe(4);
      expect(opsctl('state unlock hq --yes').status).toBe(0);
      expect(opsctl('apply --stack hq --yes').status).toBe(0);
    } finally {
      await lock.release();
    }
  });

  it.each([
    { name: 'an interrupt', signals: ['SIGINT'] },
    // Kernel and shell both send one.
    { name: 'a closed terminal', signals: ['SIGHUP', 'SIGHUP'] },
  ] as const)('$name ends with 130 after a clean stop, and the next run goes on', async ({ signals }) => {
    expect(opsctl('destroy --yes --approved-by ops-lead').status).toBe(0);
    const child = start('apply --yes --json --parallel 1');
    const stopped = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let isSent = false;
    child.stdout?.on('data', (text: Buffer) => {
      if (isSent || !text.includes('"change-started"')) return;
      isSent = true;
      for (const signal of signals) child.kill(signal);
    });
    expect(await stopped).toBe(130);
    expect(opsctl('state unlock').stdout).toBe('Nobody holds a lock in lab.\n');
    expect(['hq', 'plant-1'].map(lastRunEnded)).toEqual([true, true]);
    expect(opsctl('doctor').status).toBe(0);
    expect(opsctl('apply --yes').status).toBe(0);
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  it('the end event tells the same code', () => {
    const ended = opsctl('plan --stack nowhere --json');
    expect(eventsOf(ended).at(-1)).toEqual({
      version: 1,
      event: 'end',
      command: 'plan',
      outcome: 'usage',
      exitCode: 64,
    });
    expect(ended.status).toBe(64);
  });
});

/** Whether the journal tells the end of the run that was begun last. */
function lastRunEnded(stack: string): boolean {
  const lines = ['journal.previous.jsonl', 'journal.jsonl'].flatMap((name) =>
    readFileSync(join(folder, '.opsctl/state/lab', stack, name), 'utf8')
      .trimEnd()
      .split('\n'),
  );
  const entries = lines.map((line) => JSON.parse(line) as { readonly kind: string; readonly run: string });
  const begun = entries.findLast(({ kind }) => kind === 'run-started');
  return entries.some(({ kind, run }) => kind === 'run-ended' && run === begun?.run);
}
