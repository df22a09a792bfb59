import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StackStore, StateBackend } from '../engine/state/state-backend.ts';

/** A backend for one test, and how to throw it away. Two handles on the same place stand for two clients. */
export interface BackendUnderTest {
  readonly clients: readonly [StateBackend, StateBackend];
  dispose(): Promise<void>;
}

/** The contract that every state backend keeps. */
export function describeStateBackend(name: string, open: () => Promise<BackendUnderTest>): void {
  describe(`the state backend ${name}`, () => {
    const key = { environment: 'test', stack: 'east' };
    const text = (content: Uint8Array | null) => content && Buffer.from(content).toString('utf8');
    let subject: BackendUnderTest;
    let one: StackStore;
    let other: StackStore;

    beforeEach(async () => {
      subject = await open();
      one = subject.clients[0].open(key);
      other = subject.clients[1].open(key);
    });
    afterEach(() => subject.dispose());

    it('has nothing before the first write', async () => {
      expect(await one.readState('latest')).toBeNull();
      expect(await one.readState('previous')).toBeNull();
      expect(await one.readJournal('latest')).toBeNull();
      expect(await one.lock.read()).toEqual({ version: 0, text: null });
      expect(await subject.clients[0].listStacks('test')).toEqual([]);
    });

    it('gives to every client the state that was written last, and the one before it', async () => {
      await one.writeState(Buffer.from('first'));
      await other.writeState(Buffer.from('second'));
      expect(text(await one.readState('latest'))).toBe('second');
      expect(text(await one.readState('previous'))).toBe('first');
    });

    it('leaves the former generation alone when asked to', async () => {
      for (const content of ['first', 'damaged']) await one.writeState(Buffer.from(content));
      await one.writeState(Buffer.from('repaired'), { keepPrevious: true });
      expect(text(await other.readState('latest'))).toBe('repaired');
      expect(text(await other.readState('previous'))).toBe('first');
    });

    it('gives back a copy that no later write changes', async () => {
      const content = Buffer.from('first');
      await one.writeState(content);
      content.fill(0);
      expect(text(await one.readState('latest'))).toBe('first');
    });

    it('lists the stacks of an environment in name order, and no others', async () => {
      for (const stack of ['west', 'east', 'north']) {
        await subject.clients[0].open({ environment: 'test', stack }).writeState(Buffer.from(stack));
      }
      await subject.clients[0].open({ environment: 'prod', stack: 'south' }).writeState(Buffer.from('south'));
      expect(await subject.clients[1].listStacks('test')).toEqual(['east', 'north', 'west']);
    });

    it('lists a stack of which only a journal or a former generation is left', async () => {
      await one.rotateJournal('a\n');
      expect(await subject.clients[1].listStacks('test')).toEqual(['east']);
    });

    it('tells a stack that has a lock alone from one that has a state', async () => {
      await one.lock.swap(await one.lock.read(), 'mine');
      await subject.clients[0].open({ environment: 'test', stack: 'west' }).writeState(Buffer.from('west'));
      expect(await subject.clients[1].listStacks('test')).toEqual(['west']);
      expect(await subject.clients[1].listTouched('test')).toEqual(['east', 'west']);
      expect(await subject.clients[1].listTouched('prod')).toEqual([]);
    });

    it('appends to a journal, and shows it to others at once', async () => {
      await one.rotateJournal('a\n');
      const appender = await one.openJournal(2);
      await appender.append('b\n');
      expect(text(await other.readJournal('latest'))).toBe('a\nb\n');
      await appender.append('c\n');
      await appender.sync();
      await appender.close();
      expect(text(await other.readJournal('latest'))).toBe('a\nb\nc\n');
    });

    it('cuts a torn tail off when a journal is opened', async () => {
      await one.rotateJournal('a\n{"to');
      const appender = await one.openJournal(2);
      await appender.append('b\n');
      await appender.close();
      expect(text(await other.readJournal('latest'))).toBe('a\nb\n');
    });

    it('opens a journal that is not there yet', async () => {
      const appender = await one.openJournal(0);
      await appender.append('a\n');
      await appender.close();
      expect(text(await other.readJournal('latest'))).toBe('a\n');
    });

    it('keeps the former journal when a new one begins', async () => {
      await one.rotateJournal('a\n');
      await one.rotateJournal('b\n');
      expect(text(await other.readJournal('latest'))).toBe('b\n');
      expect(text(await other.readJournal('previous'))).toBe('a\n');
    });

    it('keeps every line of the history, whatever becomes of state and journal', async () => {
      expect(await one.readHistory()).toBeNull();
      for (const round of [1, 2, 3]) {
        await one.appendHistory(`run ${round}\n`);
        await one.writeState(Buffer.from(String(round)));
        await one.rotateJournal('a\n');
      }
      expect(text(await other.readHistory())).toBe('run 1\nrun 2\nrun 3\n');
    });

    it('swaps the lock only from the version that is there', async () => {
      const empty = await one.lock.read();
      expect(await one.lock.swap(empty, 'mine')).toBe(true);
      expect(await other.lock.swap(empty, 'theirs')).toBe(false);
      expect(await other.lock.read()).toEqual({ version: 1, text: 'mine' });
    });

    it('lets one of many swaps from the same version through', async () => {
      for (let round = 1; round <= 20; round += 1) {
        const cells = await Promise.all(
          [one, other, one, other].map(async ({ lock }) => ({ lock, cell: await lock.read() })),
        );
        const won = await Promise.all(cells.map(({ lock, cell }, index) => lock.swap(cell, `${round}.${index}`)));
        expect(won.filter(Boolean)).toEqual([true]);
        expect((await one.lock.read()).version).toBe(round);
      }
    });

    it('renews the text of the newest version, and nothing of an older one is seen', async () => {
      await one.lock.swap(await one.lock.read(), 'first');
      await one.lock.renew(1, 'first again');
      expect(await other.lock.read()).toEqual({ version: 1, text: 'first again' });
      await other.lock.swap(await other.lock.read(), 'second');
      await one.lock.renew(1, 'too late');
      expect(await one.lock.read()).toEqual({ version: 2, text: 'second' });
    });
  });
}
