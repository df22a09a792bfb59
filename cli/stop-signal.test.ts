import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopSignal } from './stop-signal.ts';

describe('the program', () => {
  it.each([
    { name: 'that is asked once stops cleanly', signals: ['SIGINT'], exits: [], told: 1 },
    { name: 'that is asked twice stops at once', signals: ['SIGINT', 'SIGINT'], exits: [130], told: 1 },
    { name: 'that is asked in two ways stops at once', signals: ['SIGINT', 'SIGTERM'], exits: [130], told: 1 },
    { name: 'whose terminal is closed stops cleanly', signals: ['SIGHUP'], exits: [], told: 0 },
    {
      name: 'that hears of its closed terminal from kernel, shell and supervisor still stops cleanly',
      signals: ['SIGHUP', 'SIGHUP', 'SIGTERM'],
      exits: [],
      told: 0,
    },
  ])('$name', ({ signals, exits, told }) => {
    const ended: number[] = [];
    const written: string[] = [];
    const program = Object.assign(new EventEmitter(), {
      exit: (code: number) => void ended.push(code),
      stderr: { write: (text: string) => written.push(text) },
    });
    const signal = stopSignal(program);
    expect(signal.aborted).toBe(false);
    for (const name of signals) program.emit(name);
    expect({ aborted: signal.aborted, ended, told: written.length }).toEqual({ aborted: true, ended: exits, told });
  });
});
