import { expect, it } from 'vitest';
import { findUndocumented } from '../../tools/reference/content-api.ts';

it('every name that content can import says what it is for', () => {
  expect(findUndocumented()).toEqual([]);
});
