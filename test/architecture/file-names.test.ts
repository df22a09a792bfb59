import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { sourcesIn } from './imports.ts';

const emptyNames = /^(utils?|helpers?|common|misc|shared|.*-(utils?|helpers?|manager))\./;

it('no file has a name that says nothing of what it knows', () => {
  expect(sourcesIn('.').filter((file) => emptyNames.test(basename(file)))).toEqual([]);
});
