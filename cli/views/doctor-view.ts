import type { Check } from '../commands/doctor/check.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

const marks = {
  ok: ['green', 'ok'],
  'not-asked': ['dim', '-'],
  warning: ['yellow', '!'],
  problem: ['red', '!!'],
} as const;

export const doctorView: View<readonly Check[]> = {
  human: (checks, { paint }) =>
    harmless(checks)
      .flatMap(({ name, status, detail, remedy }) => {
        const [style, mark] = marks[status];
        const line = `${paint(style, mark.padEnd(3))} ${name}: ${detail}`;
        return remedy === null ? [line] : [line, `    ${remedy}`];
      })
      .map((line) => `${line}\n`)
      .join(''),
  events: (checks) => checks.map((check) => ({ event: 'check', ...check })),
};
