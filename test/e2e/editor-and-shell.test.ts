import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launcher, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const compiler = join(import.meta.dirname, '../../node_modules/@typescript/native/bin/tsc');

beforeAll(() => {
  expect(opsctl('init').status).toBe(0);
});
afterAll(remove);

describe('the tsconfig of a new repository', () => {
  it('finds the types of opsctl with nothing installed', () => {
    expect(typeErrors()).toEqual([]);
  });

  it('finds a wrong id and a wrong attribute, as an editor would', () => {
    const stack = join(folder, 'stacks/plant-1.ts');
    const text = readFileSync(stack, 'utf8');
    writeFileSync(
      stack,
      text.replace("item('plant-1-historian-1')", "item('plant-1-historian-9')").replace('threshold:', 'treshold:'),
    );
    expect(typeErrors().map((line) => line.replace(/\(.*$/, ''))).toEqual(['stacks/plant-1.ts', 'stacks/plant-1.ts']);
    writeFileSync(stack, text);
  });
});

describe('completion in bash', () => {
  it.each([
    { line: ['opsctl', 'va'], offered: ['validate'] },
    { line: ['opsctl', 'state', ''], offered: ['list', 'show', 'history', 'mv', 'rm', 'migrate', 'repair', 'unlock'] },
    { line: ['opsctl', 'plan', '--stack', ''], offered: ['hq', 'plant-1'] },
    { line: ['opsctl', 'explain', 'plant-1-mes'], offered: ['plant-1-mes-1', 'plant-1-mes-web'] },
    { line: ['opsctl', 'plan', '--environment', ''], offered: ['lab'] },
  ])('of $line offers $offered', ({ line, offered }) => {
    const script = [
      `PATH=${join(launcher, '..')}:$PATH`,
      '. <(opsctl completion bash)',
      `COMP_WORDS=(${line.map((word) => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${line.length - 1}`,
      '_opsctl',
      'declare -p COMPREPLY',
    ];
    const { stdout } = spawnSync('bash', ['-c', script.join('\n')], { cwd: folder, encoding: 'utf8' });
    const words = [...stdout.matchAll(/\[\d+\]="([^"]*)"/g)].map(([, word]) => word);
    expect(words.toSorted()).toEqual(offered.toSorted());
  });
});

/** Errors in the files of the repository; what stands behind its imports is checked where it lies. */
function typeErrors(): string[] {
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { cwd: folder, encoding: 'utf8' });
  return stdout.split('\n').filter((line) => /^(alerts|cmdb|dashboards|policies|stacks|error)\b/.test(line));
}
