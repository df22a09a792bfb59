import { expect, it } from 'vitest';
import { pathsNamedIn } from './paths-named-in.ts';

it.each([
  { name: 'at the start', message: 'rules/a.yaml: 3:5: parse error', named: ['rules/a.yaml'] },
  { name: 'in quotes', message: 'in "rules/a.yaml"', named: ['rules/a.yaml'] },
  { name: 'at the end of a sentence', message: 'It is rules/a.yaml.', named: ['rules/a.yaml'] },
  { name: 'not as the end of another name', message: 'other-rules/a.yaml', named: [] },
  { name: 'not as the start of another name', message: 'rules/a.yaml.orig and rules/a.yaml-1', named: [] },
  { name: 'behind a name that it ends', message: 'x/rules/a.yaml, then rules/a.yaml', named: ['rules/a.yaml'] },
  { name: 'not as a Chinese name', message: '泵rules/a.yaml', named: [] },
])('a path is named $name', ({ message, named }) => {
  expect(pathsNamedIn(message, ['rules/a.yaml', 'rules/b.yaml'])).toEqual(named);
});
