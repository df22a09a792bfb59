import { describe, expect, it } from 'vitest';
import { checkPattern } from './check-pattern.ts';

describe('checkPattern', () => {
  it.each([
    { pattern: 'a|b', matchesEmpty: false },
    { pattern: '', matchesEmpty: true },
    { pattern: 'a|', matchesEmpty: true },
    { pattern: '.*', matchesEmpty: true },
    { pattern: '.+', matchesEmpty: false },
    { pattern: '(a?b*){2}', matchesEmpty: true },
    { pattern: 'a{0}', matchesEmpty: true },
    { pattern: 'a{,5}', matchesEmpty: false },
    { pattern: '^$', matchesEmpty: true },
    { pattern: '\\b', matchesEmpty: false },
    { pattern: '\\B', matchesEmpty: true },
    { pattern: '(?i)x', matchesEmpty: false },
    { pattern: 'a(?i)*', matchesEmpty: true },
    { pattern: '(?P<name>a)', matchesEmpty: false },
    { pattern: '[[:alpha:]\\d-z]', matchesEmpty: false },
    { pattern: '[^]a]', matchesEmpty: false },
    { pattern: '\\p{Greek}\\pN\\P{^Lu}', matchesEmpty: false },
    { pattern: '\\Qa.*\\E', matchesEmpty: false },
    { pattern: '(a{100}){10}', matchesEmpty: false },
    { pattern: '\\x{4e00}\\x41\\012\\.', matchesEmpty: false },
    { pattern: '一{2}', matchesEmpty: false },
  ])('$pattern is compiled', ({ pattern, matchesEmpty }) => {
    expect(checkPattern(pattern, true)).toEqual({ kind: 'valid', matchesEmpty });
  });

  it.each([
    { pattern: '(?=a)', reason: 'RE2 has neither look-ahead nor look-behind, nor other groups that begin with (?' },
    { pattern: '(a)\\1', reason: '\\1 is no escape of RE2, which has no back references' },
    { pattern: 'a\\c', reason: '\\c is no escape of RE2' },
    { pattern: 'a**', reason: '* repeats a repetition' },
    { pattern: '*a', reason: '* has nothing to repeat' },
    { pattern: 'a{1001}', reason: '{1001} is no valid count' },
    { pattern: 'a{3,2}', reason: '{3,2} is no valid count' },
    { pattern: '(a{100}){11}', reason: 'its repetitions repeat more than 1000 times together' },
    { pattern: '(a', reason: 'it does not close a group' },
    { pattern: 'a)', reason: 'it closes a group that was not opened' },
    { pattern: '[a', reason: 'it does not close a [' },
    { pattern: '[z-a]', reason: 'z-a is a range from high to low' },
    { pattern: '[[:foo:]]', reason: '[:foo:] names no kind of characters' },
    { pattern: '\\p{Klingon}', reason: '\\p{Klingon} names no kind of characters' },
    { pattern: '(?P<a b>c)', reason: '?P<a b> names no group' },
    { pattern: '\\x{110000}', reason: '\\x{110000} is no character' },
    { pattern: `${'('.repeat(1001)}a${')'.repeat(1001)}`, reason: 'its groups are nested too deep' },
  ])('$pattern is refused', ({ pattern, reason }) => {
    expect(checkPattern(pattern, true)).toEqual({ kind: 'invalid', reason });
  });

  it('a group named as in JavaScript is read by Prometheus 3 only', () => {
    expect(checkPattern('(?<a>b)', false).kind).toBe('valid');
    expect(checkPattern('(?<a>b)', true).kind).toBe('invalid');
  });
});
