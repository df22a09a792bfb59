import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BusyGate } from './busy-gate.ts';

/** A server with some seats: it refuses who finds none, and counts. */
function serverWith(seats: number) {
  const counts = { taken: 0, refused: 0, most: 0 };
  let sitting = 0;
  return {
    counts,
    async ask(): Promise<'taken' | 'busy'> {
      counts.most = Math.max(counts.most, sitting + 1);
      if (sitting >= seats) {
        counts.refused += 1;
        return 'busy';
      }
      sitting += 1;
      await sleep(1);
      sitting -= 1;
      counts.taken += 1;
      return 'taken';
    },
  };
}

async function callThrough(gate: BusyGate, ask: () => Promise<'taken' | 'busy'>): Promise<void> {
  for (;;) {
    const passage = await gate.enter();
    const answer = await ask();
    gate.leave(passage, answer === 'busy');
    if (answer === 'taken') return;
  }
}

/** As many callers as the engine has, each with its share of the calls. */
async function callMany(gate: BusyGate, ask: () => Promise<'taken' | 'busy'>, calls: number): Promise<void> {
  let left = calls;
  const caller = async () => {
    for (; left > 0; ) {
      left -= 1;
      await callThrough(gate, ask);
    }
  };
  await Promise.all(Array.from({ length: 32 }, caller));
}

describe('the gate before a server', () => {
  it('lets everybody through that it is not told to hold back', async () => {
    const server = serverWith(32);
    await callMany(new BusyGate(), server.ask, 320);
    expect(server.counts).toEqual({ taken: 320, refused: 0, most: 32 });
  });

  it('comes down to the one seat that there is, and gets everybody served', async () => {
    const server = serverWith(1);
    await callMany(new BusyGate(), server.ask, 320);
    expect(server.counts.taken).toBe(320);
    // Without it 31 of 32 would be refused each time.
    expect(server.counts.refused).toBeLessThan(100);
  });

  it('counts the refusals of one burst once, and opens again when there is room', async () => {
    const gate = new BusyGate();
    const burst = await Promise.all(Array.from({ length: 8 }, () => gate.enter()));
    for (const passage of burst) gate.leave(passage, true);
    expect(await placesOf(gate, 20)).toBe(4);
    for (let calm = 0; calm < 4 * 8; calm += 1) gate.leave(await gate.enter(), false);
    expect(await placesOf(gate, 20)).toBe(5);
  });
});

/** How many of so many get in at once; they leave as if nothing had been asked. */
async function placesOf(gate: BusyGate, callers: number): Promise<number> {
  let inside = 0;
  const entering = Array.from({ length: callers }, async () => {
    const passage = await gate.enter();
    inside += 1;
    return passage;
  });
  await sleep(5);
  const places = inside;
  // Told as of a generation that is over, so that neither way counts.
  const over = { generation: -1 };
  for (let left = callers; left > 0; left -= 1) gate.leave(over, true);
  await Promise.all(entering);
  return places;
}
