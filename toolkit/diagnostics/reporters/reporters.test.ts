import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../diagnostic.ts';
import { type ReportOptions, reporters } from './index.ts';

const options: ReportOptions = { programVersion: '0.1.0', failOn: 'error', paint: (_style, text) => text };

const findings: readonly Diagnostic[] = [
  {
    code: 'alerts/runbook-required',
    severity: 'warning',
    summary: 'Alert without a runbook',
    detail: 'HostDown names no runbook.',
    hint: 'Name one.',
    subject: 'plant-east-1/prometheus-rules/host#HostDown',
    clauses: ['S0:7.1.1.2', 'S1:7.4.1.1.a'],
  },
  {
    code: 'inventory/unknown-column',
    severity: 'error',
    summary: 'Unknown column',
    detail: 'Column "地址 <a&b>" is no attribute of host,\nand 100% of its rows are ignored.',
    hint: 'Rename it: address.',
    position: { file: 'cmdb/items/主机 1.csv', line: 1, column: 14, endLine: 1, endColumn: 18 },
    subject: 'mes-vm-1',
    expected: 'address',
    found: '地址\u0007',
  },
  {
    code: 'bindings/missing',
    severity: 'notice',
    summary: 'No bindings',
    detail: 'There are none.',
    hint: 'Write some.',
  },
];

it('for people, no name or value steers the terminal or looks like a line of the report', () => {
  const [finding] = findings.slice(1) as [Diagnostic];
  const human = reporters.find(({ name }) => name === 'human');
  const text = human?.report(
    [{ ...finding, position: { file: 'a\u001b[2J\nerror: b.csv', line: 1, column: 1 }, found: 'x\nerror: y' }],
    options,
  );
  expect(text).toContain('  at a\ufffd[2J\\nerror: b.csv:1:1\n');
  expect(text).toContain('  found: x\\nerror: y\n');
});

describe.each(reporters)('the $name reporter', (reporter) => {
  it('writes findings as the golden file says', async () => {
    await expect(reporter.report(findings, options)).toMatchFileSnapshot(`./golden/findings.${reporter.name}.txt`);
  });

  it('writes no findings as the golden file says', async () => {
    await expect(reporter.report([], options)).toMatchFileSnapshot(`./golden/no-findings.${reporter.name}.txt`);
  });

  it('writes the same text whatever the order of the findings', () => {
    expect(reporter.report(findings.toReversed(), options)).toBe(reporter.report(findings, options));
  });
});

describe('the human reporter', () => {
  it('lets no text of content steer the terminal', () => {
    const text = reporterCalled('human').report([{ ...findings[1]!, detail: 'red \u001b[31m\u009b2J' }], options);
    expect(text).toContain('red \ufffd[31m\ufffd2J');
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('the sarif reporter', () => {
  it('refers to each rule by its place in the list, which has each rule once', () => {
    const text = reporterCalled('sarif').report([...findings, ...findings], options);
    const [run] = (JSON.parse(text) as SarifLog).runs;
    const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(rules).toEqual(['alerts/runbook-required', 'bindings/missing', 'inventory/unknown-column']);
    for (const { ruleId, ruleIndex, level, message, locations } of run?.results ?? []) {
      expect(rules[ruleIndex]).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
      for (const { physicalLocation } of locations) {
        if (physicalLocation === undefined) continue;
        expect(() => new URL(physicalLocation.artifactLocation.uri, 'file:///repository/')).not.toThrow();
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\x21-\x7e]+$/);
        expect(physicalLocation.region.startLine).toBeGreaterThan(0);
      }
    }
  });
});

describe('the junit reporter', () => {
  it.each([
    { failOn: 'error', failures: 1 },
    { failOn: 'warning', failures: 2 },
    { failOn: 'notice', failures: 3 },
  ] as const)('counts $failures failures when $failOn fails the command', ({ failOn, failures }) => {
    const text = reporterCalled('junit').report(findings, { ...options, failOn });
    expect(text.match(/<failure /g)).toHaveLength(failures);
    expect(text).toContain(`<testsuite name="opsctl" tests="3" failures="${failures}" errors="0" skipped="0">`);
  });

  it('is well-formed whatever the text of a finding', () => {
    const nasty = `]]> <!-- "'& \ud800 \u0000\u001b[31m \ufffe \r\n\t`;
    const text = reporterCalled('junit').report(
      [{ ...findings[1]!, detail: nasty, summary: nasty, found: nasty }],
      options,
    );
    expect(unbalancedTags(text)).toEqual([]);
    expect(text).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|&(?!(amp|lt|gt|quot|#10);)/u);
    expect(text.isWellFormed()).toBe(true);
  });
});

type SarifLog = {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
};

function reporterCalled(name: string) {
  return reporters.find((reporter) => reporter.name === name)!;
}

/** Names of elements that are closed without being open, or left open. */
function unbalancedTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, slash, name = '', selfClosing] of xml.matchAll(/<(\/?)([a-z-]+)(?:\s[a-z]+="[^"<]*")*(\/?)>/g)) {
    if (selfClosing === '/') continue;
    if (slash !== '/') open.push(name);
    else if (open.pop() !== name) return [name];
  }
  return open;
}
