import { describe, expect, it, vi } from 'vitest';
import { Failure } from '../../diagnostics/index.ts';
import type { Address, CommitOutcome, StagedChange } from '../../model/index.ts';
import { engineDiagnostics } from '../engine-diagnostics.ts';
import { defaultTimeouts } from '../targets/target-run.ts';
import { TargetQueue } from './target-queue.ts';

const write = (name: string): StagedChange => ({
  kind: 'write',
  address: `plant/file/${name}` as Address,
  type: 'file',
  spec: { text: name },
});

/** A target that refuses any commit with one of these in it, and says which when it is asked to. */
function aTarget({
  bad = [],
  blames = true,
  claims = false,
  holder = null,
}: {
  readonly bad?: readonly string[];
  readonly blames?: boolean;
  readonly claims?: boolean;
  readonly holder?: Failure | null;
} = {}) {
  const told: string[] = [];
  const commits: string[][] = [];
  let staged: string[] = [];
  const session = {
    async claim() {
      told.push('claim');
      if (holder !== null) throw holder;
    },
    async release() {
      told.push('release');
    },
    async stage({ address }: StagedChange) {
      staged.push(address.replace('plant/file/', ''));
    },
    async commit(): Promise<CommitOutcome> {
      const batch = staged;
      staged = [];
      commits.push(batch);
      told.push(`commit ${batch.join(', ')}`);
      const wrong = batch.filter((name) => bad.includes(name));
      if (wrong.length === 0) return { accepted: true, note: 'loaded' };
      const blamed = blames ? wrong.map((name) => `plant/file/${name}` as Address) : [];
      return { accepted: false, reason: `${wrong.join(', ')} cannot be read.`, blamed };
    },
  };
  const queue = new TargetQueue(
    { stack: 'plant', target: 'files', session: session as never, timeouts: defaultTimeouts },
    claims,
    0,
  );
  return { queue, commits, told };
}

const settled = async (queue: TargetQueue, names: readonly string[]) => {
  const results = await Promise.allSettled(names.map((name) => queue.submit(write(name))));
  return Object.fromEntries(results.map((result, index) => [names[index], result.status]));
};

describe('the queue before a target', () => {
  it('what is asked for at once goes in one commit', async () => {
    const { queue, commits } = aTarget();
    expect(await settled(queue, ['a', 'b', 'c'])).toEqual({ a: 'fulfilled', b: 'fulfilled', c: 'fulfilled' });
    expect(commits).toEqual([['a', 'b', 'c']]);
  });

  it('what is asked for while it commits waits for the next one', async () => {
    const { queue, commits } = aTarget();
    const first = queue.submit(write('a')).then(() => queue.submit(write('c')));
    await Promise.all([first, queue.submit(write('b'))]);
    expect(commits).toEqual([['a', 'b'], ['c']]);
  });

  it('what the target blames fails, and the others go without it', async () => {
    const { queue, commits } = aTarget({ bad: ['b'] });
    expect(await settled(queue, ['a', 'b', 'c'])).toEqual({ a: 'fulfilled', b: 'rejected', c: 'fulfilled' });
    expect(commits).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
  });

  it('where it blames nobody, each goes alone', async () => {
    const { queue, commits } = aTarget({ bad: ['b'], blames: false });
    expect(await settled(queue, ['a', 'b', 'c'])).toEqual({ a: 'fulfilled', b: 'rejected', c: 'fulfilled' });
    expect(commits).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  });

  it('nobody else has the target while anything waits for it, where nobody claimed it before', async () => {
    const { queue, told } = aTarget({ claims: true });
    await Promise.all(['a', 'b'].map((name) => queue.submit(write(name))));
    await vi.waitFor(() => expect(told).toEqual(['claim', 'commit a, b', 'release']));
  });

  it('what somebody else has is not written to, and said to be theirs', async () => {
    const holder = new Failure(engineDiagnostics.create('plan-stopped', { reasons: ['ann works there.'] }));
    const { queue, told } = aTarget({ claims: true, holder });
    await expect(queue.submit(write('a'))).rejects.toBe(holder);
    expect(told).toEqual(['claim', 'release']);
  });

  it('the reason of a refusal is in the failure', async () => {
    const { queue } = aTarget({ bad: ['a'] });
    await expect(queue.submit(write('a'))).rejects.toMatchObject({
      diagnostic: { code: 'engine/target-refused', subject: 'plant/files' },
      message: expect.stringContaining('a cannot be read.'),
    });
  });
});
