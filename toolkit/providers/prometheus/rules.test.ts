import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { canonicalRules, rulesKind } from './rules.ts';

const group = (fields: JsonObject): JsonObject => ({
  group: { name: 'a', rules: [{ alert: 'A', expr: 'up == 0' }], ...fields },
});
const rule = (fields: JsonObject): JsonObject => group({ rules: [{ alert: 'A', expr: 'up == 0', ...fields }] });

describe('canonicalRules', () => {
  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    { name: 'an interval has many spellings', one: group({ interval: '60s' }), other: group({ interval: '1m' }) },
    { name: 'a limit of 0 is none', one: group({ limit: 0 }), other: group({}) },
    { name: 'for is 0s', one: rule({ for: '0s' }), other: rule({}) },
    { name: 'for has many spellings', one: rule({ for: '5m0s' }), other: rule({ for: '300s' }) },
    { name: 'keep_firing_for is 0s', one: rule({ keep_firing_for: '0s' }), other: rule({}) },
    { name: 'labels are empty', one: rule({ labels: {} }), other: rule({}) },
    {
      name: 'labels have no order',
      one: rule({ labels: { a: '1', b: '2' } }),
      other: rule({ labels: { b: '2', a: '1' } }),
    },
    {
      name: 'a label is a text',
      one: rule({ labels: { level: 1, page: true } }),
      other: rule({ labels: { level: '1', page: 'true' } }),
    },
    { name: 'annotations are empty', one: rule({ annotations: {} }), other: rule({}) },
    { name: 'blanks around an expression mean nothing', one: rule({ expr: '\n  up == 0\n' }), other: rule({}) },
    { name: 'an expression may be a number', one: rule({ expr: 1 }), other: rule({ expr: '1' }) },
  ])('$name', ({ one, other }) => {
    expect(canonicalRules(one)).toEqual(canonicalRules(other));
  });

  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    {
      name: 'the order of rules counts',
      one: group({
        rules: [
          { alert: 'A', expr: '1' },
          { alert: 'B', expr: '1' },
        ],
      }),
      other: group({
        rules: [
          { alert: 'B', expr: '1' },
          { alert: 'A', expr: '1' },
        ],
      }),
    },
    { name: 'blanks inside an expression are kept', one: rule({ expr: 'up  == 0' }), other: rule({}) },
    { name: 'an interval that is said is not the global one', one: group({ interval: '1m' }), other: group({}) },
  ])('$name', ({ one, other }) => {
    expect(canonicalRules(one)).not.toEqual(canonicalRules(other));
  });
});

describe('a rule file', () => {
  it('is one group, with a word for who opens it', () => {
    expect(rulesKind.print(rule({ for: '5m' }))).toBe(
      [
        '# Written by opsctl. A change by hand is reported as drift, and the next apply writes over it.',
        'groups:',
        '  - name: a',
        '    rules:',
        '      - alert: A',
        '        expr: up == 0',
        '        for: 5m',
        '',
      ].join('\n'),
    );
  });

  it.each([
    { name: 'no YAML', text: 'groups:\n  - name: "a\n', reason: /^Not valid YAML at 3:1: / },
    { name: 'a list', text: '- name: a\n', reason: /^it holds a list, not a mapping$/ },
    { name: 'no groups', text: 'rules: []\n', reason: /^it has no list of groups$/ },
    {
      name: 'two groups',
      text: 'groups: [{name: a}, {name: b}]\n',
      reason: /^it holds 2 groups, and one is expected$/,
    },
    { name: 'nothing', text: '', reason: /^it holds nothing, not a mapping$/ },
    { name: 'a field of its own', text: 'namespace: x\ngroups: [{name: a}]\n', reason: /namespace/ },
  ])('that holds $name is malformed, and the reason says so', ({ text, reason }) => {
    expect(rulesKind.parse(text, group({}))).toEqual({
      state: 'malformed',
      reason: expect.stringMatching(reason),
      spec: { group: { name: 'a' } },
    });
  });
});

it('groups of one name lie in the files that they name, and are read back from there', () => {
  const spec: JsonObject = { file: 'second', group: { name: 'a', rules: [{ alert: 'A', expr: 'up == 0' }] } };
  expect([rulesKind.path(spec), rulesKind.path(group({}))]).toEqual(['rules/second.yaml', 'rules/a.yaml']);
  const known = rulesKind.identity(spec);
  expect(known).toEqual({ file: 'second', group: { name: 'a' } });
  expect(rulesKind.parse(rulesKind.print(spec), known)).toEqual({ state: 'present', spec });
});
