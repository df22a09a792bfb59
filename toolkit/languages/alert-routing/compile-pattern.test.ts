import { describe, expect, it } from 'vitest';
import { compilePattern } from './compile-pattern.ts';

describe('compilePattern', () => {
  // What Go answers, recorded.
  it.each([
    { pattern: 'a.b', accepted: ['axb', 'a\rb', 'a\u2028b'], declined: ['a\nb', 'ab'] },
    { pattern: '(?s)a.b', accepted: ['a\nb'], declined: ['ab'] },
    { pattern: 'a(?i)b|c', accepted: ['ab', 'aB', 'C'], declined: ['Ab'] },
    { pattern: '(?i:a)b', accepted: ['Ab'], declined: ['AB'] },
    { pattern: 'x(?i)(?-i)y', accepted: ['xy'], declined: ['xY'] },
    { pattern: '(?i)k', accepted: ['K', '\u212a'], declined: ['x'] },
    { pattern: '\\w+', accepted: ['a_1'], declined: ['é', ''] },
    { pattern: '\\s', accepted: [' ', '\n'], declined: ['\v', '\u00a0'] },
    { pattern: '[[:alpha:]]+', accepted: ['aZ'], declined: ['a1'] },
    { pattern: '[^[:digit:]x]', accepted: ['a', '\n'], declined: ['1', 'x'] },
    { pattern: '\\pL\\p{Greek}', accepted: ['aΩ'], declined: ['Ωa'] },
    { pattern: '\\P{^Greek}', accepted: ['Ω'], declined: ['a'] },
    { pattern: '\\Qa.b\\E+', accepted: ['a.b', 'a.bbb'], declined: ['axb', 'a.ba.b'] },
    { pattern: '\\x{4e00}\\101\\n', accepted: ['一A\n'], declined: ['一A'] },
    { pattern: 'a{,2}', accepted: ['a{,2}'], declined: ['aa'] },
    { pattern: 'a{2,}', accepted: ['aa', 'aaa'], declined: ['a'] },
    { pattern: 'a+(?i)*', accepted: ['', 'aa'], declined: ['A'] },
    { pattern: '(?P<n>a|b)', accepted: ['a'], declined: ['n'] },
    { pattern: '(?m)^a$', accepted: ['a'], declined: ['a\nb'] },
    { pattern: 'x)|(?:y', accepted: ['x', 'xz', 'y', 'zy'], declined: ['z'] },
    { pattern: '\\Aa\\z', accepted: ['a'], declined: ['ab'] },
    { pattern: 'a&&b--', accepted: ['a&&b--'], declined: ['a'] },
    { pattern: '[a&&b]', accepted: ['a', '&'], declined: ['c'] },
    { pattern: '😀*', accepted: ['', '😀😀'], declined: ['\ud83d'] },
  ])('$pattern accepts as RE2 does', ({ pattern, accepted, declined }) => {
    const compiled = compilePattern(pattern, '0.25');
    const accepts = compiled.kind === 'pattern' ? compiled.accepts : () => null;
    expect([...accepted, ...declined].filter(accepts)).toEqual(accepted);
  });

  it.each([
    { pattern: 'ops|dev|ops', values: ['ops', 'dev'] },
    { pattern: 'plant\\-1|a\\|b|', values: ['plant-1', 'a|b', ''] },
    { pattern: '', values: [''] },
    { pattern: 'ops.*', values: null },
  ])('$pattern is known to accept $values', ({ pattern, values }) => {
    expect(compilePattern(pattern, '0.25')).toMatchObject({ kind: 'pattern', values });
  });

  it.each(['(', '[a', 'a**', '(?!a)', '\\1', 'a{1001}', '\\Qa', '[z-a]'])('%s is refused', (pattern) => {
    expect(compilePattern(pattern, '0.34')).toEqual({ kind: 'invalid', reason: expect.any(String) });
  });

  it('names of groups without P are newer', () => {
    expect(compilePattern('(?<n>a)', '0.25').kind).toBe('invalid');
    expect(compilePattern('(?<n>a)', '0.34').kind).toBe('pattern');
  });
});
