import { expect, it } from 'vitest';
import type { Plan } from '../../../toolkit/plan/index.ts';
import type { Terminal } from '../../output/view.ts';
import { runningLines } from './running-lines.ts';

const terminal: Terminal = { paint: (_style, text) => text, width: 100, isVerbose: false };
const running: Plan['running'] = [
  {
    stack: 'east',
    target: 'prometheus',
    running: { state: 'behind', differences: ['One.', 'Two.'], isLoadable: true },
  },
  { stack: 'east', target: 'blackbox', running: { state: 'behind', differences: ['Three.'], isLoadable: false } },
  { stack: 'west', target: 'prometheus', running: { state: 'not-answering', reason: 'It hangs.' } },
];

it('says what each server runs instead, what apply does about it, and who did not answer', () => {
  expect(runningLines(running, terminal)).toEqual([
    'Drift: servers that run something else than their files say; apply reloads them:',
    '  ! east/prometheus',
    '      One.',
    '      Two.',
    'Drift: servers that run something else than their files say, and that apply does not reload:',
    '  ! east/blackbox',
    '      Three.',
    'Not answering, so what they run was not compared with their files:',
    '  ! west/prometheus',
    '      It hangs.',
  ]);
});

it('says nothing where every server runs what its files say', () => {
  expect(runningLines([], terminal)).toEqual([]);
});
