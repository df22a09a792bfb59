import { describe, expect, it } from 'vitest';
import { printSpan } from '../diagnostics/index.ts';
import { readForeign } from '../lint/index.ts';
import { importRules } from './import-rules.ts';

function imported(...texts: readonly string[]) {
  const files = texts.map((text, index) => ({ path: `rules-${index + 1}.yml`, text }));
  return importRules(files, readForeign(files, '0.34').input);
}

function told(...texts: readonly string[]) {
  return imported(...texts).diagnostics.map(({ code, position }) => `${code} ${position && printSpan(position)}`);
}

const group = (rules: string, fields = '') => `groups:\n  - name: a\n${fields}    rules:\n${rules}`;
const fine = '      - record: a:b\n        expr: up\n';

it('rules are written with their names, fields, order and comments', () => {
  const text = `# Ours since 2019.
groups:
  - name: Hall power # the old name
    interval: 1m
    limit: 10
    rules:
      # Only the main feed.
      - alert: FeedLost
        expr: |
          feed_up{feed="main"} == 0
            and on (site) site_open
        for: 5m
        labels: {severity: critical, level: 1.10, page: yes, on: true}
        annotations:
          summary: "Feed \${feed} of {{ $labels.site }} is lost"
      - record: feed:up:min
        expr: 0
`;
  expect([...imported(text).files]).toEqual([
    [
      'rules-1.ts',
      `import { defineRules, rule } from 'opsctl';

// Ours since 2019.
export const hallPowerRules = defineRules({
  id: 'hall-power',
  // the old name
  name: 'Hall power',
  interval: '1m',
  limit: 10,
  rules: [
    // Only the main feed.
    rule({
      alert: 'FeedLost',
      expr: \`feed_up{feed="main"} == 0
  and on (site) site_open\`,
      for: '5m',
      labels: {
        severity: 'critical',
        level: '1.10',
        page: 'yes',
        on: 'true',
      },
      annotations: {
        summary: 'Feed \${feed} of {{ $labels.site }} is lost',
      },
    }),
    rule({
      record: 'feed:up:min',
      expr: '0',
    }),
  ],
});
`,
    ],
    [
      'index.ts',
      `import { hallPowerRules } from './rules-1.ts';

export const importedRules = [
  hallPowerRules,
];
`,
    ],
  ]);
});

describe('what cannot be carried is one finding at its place', () => {
  it.each([
    {
      name: 'a field of nobody',
      text: group(`${fine}        colour: red\n`),
      found: ['import/field-not-carried rules-1.yml:6:9'],
    },
    {
      name: 'a field of another program',
      text: group(fine, '    partial_response_strategy: warn\n'),
      found: ['import/field-not-carried rules-1.yml:3:5'],
    },
    {
      name: 'an expression that Prometheus refuses',
      text: group(`${fine}      - alert: A\n        expr: sum(\n`),
      found: ['import/not-carried rules-1.yml:7:15'],
    },
    {
      name: 'a template that cannot be filled in',
      text: group(`${fine}      - alert: A\n        expr: up\n        annotations: {summary: "{{ $labels.a"}\n`),
      found: ['import/not-carried rules-1.yml:8:32'],
    },
    {
      name: 'a rule with three faults is told once',
      text: group(
        `${fine}      - alert: A\n        expr: sum(\n        for: never\n        annotations: {summary: "{{"}\n`,
      ),
      found: ['import/not-carried rules-1.yml:8:14'],
    },
    {
      name: 'a rule that is neither alert nor record',
      text: group(`${fine}      - expr: up\n`),
      found: ['import/not-carried rules-1.yml:6:9'],
    },
    {
      name: 'a second group of one name in a file is kept under another id, and told',
      text: `groups:\n  - name: a\n    rules: [{record: "a:b", expr: up}]\n  - name: a\n    rules: [{record: "a:c", expr: up}]\n`,
      found: ['import/renamed rules-1.yml:4:11'],
    },
    {
      name: 'recording rules that wait for each other are kept, and told',
      text: group('      - {record: "a:b", expr: "a:c"}\n      - {record: "a:c", expr: "a:b"}\n'),
      found: ['import/doubtful rules-1.yml:4:9'],
    },
  ])('$name', ({ text, found }) => {
    expect(told(text).sort()).toEqual(found);
  });
});

it('a file whose rules are all refused is not written', () => {
  const { files, count } = imported(group('      - alert: A\n        expr: sum(\n'));
  expect({ files: [...files.keys()], count }).toEqual({ files: [], count: 0 });
});

it('groups of one name in two files keep it, under two ids', () => {
  const { files } = imported(group(fine), group(fine));
  expect([...files.values()].join('').match(/id: '.*'|name: '.*'/g)).toEqual([
    "id: 'a'",
    "id: 'rules-2-a'",
    "name: 'a'",
  ]);
});
