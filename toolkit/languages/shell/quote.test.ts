import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { powershellLine, shellLine } from './quote.ts';

it.each([
  { name: 'plain words stay as they are', words: ['apt-get', 'install', '--yes', 'a=1.2+b1'] },
  { name: 'spaces, quotes and dollars', words: ['a b', "it's", '"$HOME"', '`id`', '$(id)'] },
  { name: 'what ends a command', words: [';', '|', '&&', '>', '\n', '#'] },
  { name: 'globs, tildes, assignments and an empty word', words: ['*', '~', 'A=1', '[a]', '{a,b}', '!'] },
  { name: 'Chinese', words: ['水泵-1', '配电室 2'] },
])('each word reaches the program as it was: $name', ({ words }) => {
  const printed = execFileSync('sh', ['-c', shellLine(['printf', '%s\\0', ...words, ''])], { encoding: 'utf8' });
  expect(printed.split('\0').slice(0, -2)).toEqual(words);
});

it('a variable stays one word with what stands around it, and its value is no code', () => {
  const line = shellLine(['printf', '<%s>', { variable: 'IMAGE', before: 'a b=', after: ':1.2' }]);
  expect(execFileSync('sh', ['-c', line], { encoding: 'utf8', env: { IMAGE: 'x $(id) y' } })).toBe(
    '<a b=x $(id) y:1.2>',
  );
});

it('a variable that is not set ends the script', () => {
  const run = () =>
    execFileSync('sh', ['-c', `${shellLine(['echo', { variable: 'NOT_SET' }])}; echo on`], { stdio: 'pipe', env: {} });
  expect(run).toThrow(/NOT_SET/);
});

it.each([
  { words: ['Get-Service', { parameter: 'Name' }, "it's"], line: "& 'Get-Service' -Name 'it''s'" },
  { words: ['Get-Service', '-Name'], line: "& 'Get-Service' '-Name'" },
  { words: ['a', 'x\u2019; Remove-Item y'], line: "& 'a' 'x\u2019\u2019; Remove-Item y'" },
  { words: ['msiexec', { variable: 'MSI', before: '/i:' }], line: "& 'msiexec' ('/i:' + $env:MSI + '')" },
])('PowerShell gets $line', ({ words, line }) => {
  expect(powershellLine(words)).toBe(line);
});
