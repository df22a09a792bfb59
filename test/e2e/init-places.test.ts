import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeWorkplace, type Workplace } from '../support/opsctl.ts';

let place: Workplace;

beforeEach(() => {
  place = makeWorkplace();
});
afterEach(() => place.remove());

it('no repository is made inside another one, whose content it would be', () => {
  expect(place.opsctl('init').status).toBe(0);
  mkdirSync(join(place.folder, 'stacks/inner'));
  expect(place.opsctl('init stacks/inner')).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('[init/nested]'),
  });
  expect(existsSync(join(place.folder, 'stacks/inner/stacks'))).toBe(false);
});

it('one that is made in the work tree of another project is told whose history it has', () => {
  spawnSync('git', ['init', '-q', place.folder]);
  expect(place.opsctl('init operations')).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('[init/inside-git]'),
  });
});

it('the next steps are lines that work where they are to be typed', () => {
  const next = place.opsctl('init operations').stdout.split('\n');
  const steps = next.slice(next.indexOf('Next:') + 1, next.indexOf('Next:') + 3);
  const ended = spawnSync('sh', ['-e'], { cwd: place.folder, input: steps.join('\n'), encoding: 'utf8' });
  expect(steps[0]).toBe('  cd operations');
  expect(ended).toMatchObject({ status: 0, stdout: expect.stringContaining('Valid: 2 stacks') });
});

it('the top of a work tree is a place like any other', () => {
  spawnSync('git', ['init', '-q', place.folder]);
  expect(place.opsctl('init')).toMatchObject({ status: 0, stderr: '' });
});
