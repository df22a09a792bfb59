import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlValues } from '../../testing/yaml-texts.ts';
import { parseYaml } from './parse-yaml.ts';
import { printYaml } from './print-yaml.ts';

describe('printYaml', () => {
  it('prints a rule file as people write it', () => {
    const value = {
      groups: [
        {
          name: 'host',
          interval: '30s',
          rules: [
            {
              alert: 'HostDown',
              expr: 'up{job="host"} == 0',
              for: '5m',
              labels: { severity: 'critical', tier: 'L3' },
              annotations: { summary_en: '{{ $labels.item }} is "down"', summary_zh: '主机不可达：{{ $value }}' },
            },
          ],
          limit: 0,
          empty: [],
          none: {},
        },
      ],
      script: 'set -e\necho "# hi"\n',
    };
    expect(printYaml(value)).toBe(`groups:
  - name: host
    interval: 30s
    rules:
      - alert: HostDown
        expr: up{job="host"} == 0
        for: 5m
        labels:
          severity: critical
          tier: L3
        annotations:
          summary_en: '{{ $labels.item }} is "down"'
          summary_zh: 主机不可达：{{ $value }}
    limit: 0
    empty: []
    none: {}
script: |
  set -e
  echo "# hi"
`);
  });

  it.each([
    ['y', '"y"'],
    ['No', '"No"'],
    ['on', '"on"'],
    ['~', '"~"'],
    ['', '""'],
    ['1', '"1"'],
    ['0o17', '"0o17"'],
    ['017', '"017"'],
    ['0x1f', '"0x1f"'],
    ['1e3', '"1e3"'],
    ['1:30', '"1:30"'],
    ['.5', '".5"'],
    ['.inf', '".inf"'],
    ['2026-01-01', '"2026-01-01"'],
    ['<<', '"<<"'],
    ['=', '"="'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['- a', '"- a"'],
    ['--flag', '"--flag"'],
    ['...', '"..."'],
    ['say: "hi"', `'say: "hi"'`],
    [`it's: "x"`, `'it''s: "x"'`],
    ['C:\\temp: x', `'C:\\temp: x'`],
    ['a\tb', '"a\\tb"'],
    ['\u0085', '"\\u0085"'],
    ['\ud83d', '"\\ud83d"'],
    ['5m', '5m'],
    ['-x', '-x'],
    ['v2.42.0', 'v2.42.0'],
    ['http://a:1/b', 'http://a:1/b'],
    ['127.0.0.1:9100', '"127.0.0.1:9100"'],
    ['数据库', '数据库'],
  ])('the text %j is written as %s', (text, printed) => {
    expect(printYaml({ k: text })).toBe(`k: ${printed}\n`);
  });

  it.each([
    [1e21, '1.0e+21'],
    [1e-7, '1.0e-7'],
    [-0, '0'],
    [0.1, '0.1'],
    [true, 'true'],
    [null, 'null'],
  ])('the value %j is written as %s', (value, printed) => {
    expect(printYaml({ k: value })).toBe(`k: ${printed}\n`);
  });

  it('refuses numbers that JSON does not have as the bug they are', () => {
    expect(() => printYaml({ k: Number.NaN })).toThrow('Bug');
  });

  it('is read back as the same value, by readers of YAML 1.2 and of YAML 1.1', () => {
    fc.assert(
      fc.property(yamlValues, (value) => {
        const printed = printYaml(value);
        if (JSON.stringify(value).includes('"__proto__":')) return;
        expect(parseYaml(printed, 'a.yaml')).toMatchObject({ diagnostics: [] });
        expect(parseYaml(printed, 'a.yaml').value).toEqual(value);
        expect(parse(printed, { version: '1.1', merge: false })).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });
});
