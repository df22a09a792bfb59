import { describe, expect, it } from 'vitest';
import { addressPattern } from './address-pattern.ts';

describe('an address pattern', () => {
  it.each([
    { pattern: 'east/rule/a', address: 'east/rule/a', matches: true },
    { pattern: 'east/rule/a', address: 'east/rule/ab', matches: false },
    { pattern: 'east/*', address: 'east/rule/a', matches: true },
    { pattern: 'east/*', address: 'far-east/rule/a', matches: false },
    { pattern: '*/rule/*', address: 'east/rule/a', matches: true },
    { pattern: '*', address: 'east/rule/主机', matches: true },
    { pattern: 'east/rule/a.b*', address: 'east/rule/axb', matches: false },
    { pattern: 'east/rule/(a)*', address: 'east/rule/(a)b', matches: true },
    { pattern: '', address: 'east/rule/a', matches: false },
  ])('$pattern and $address: $matches', ({ pattern, address, matches }) => {
    expect(addressPattern(pattern)(address)).toBe(matches);
  });
});
