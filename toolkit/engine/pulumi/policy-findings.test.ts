import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { pulumiStackOf, stacksIn, violationsOf } from './policy-findings.ts';
import { urnOf } from './urn.ts';

const place = { project: 'opsctl', stack: 'lab.plant' };
const urn = urnOf(place, 'plant/file/motd' as Parameters<typeof urnOf>[1]);
const resources = [
  { urn: 'urn:pulumi:lab.plant::opsctl::pulumi:pulumi:Stack::opsctl-lab.plant', type: 'pulumi:pulumi:Stack' },
  { urn, type: 'pulumi-nodejs:dynamic/opsctl:file' },
];
const finding = (code: string, more: Partial<Diagnostic>): Diagnostic => ({
  ...{ code, severity: 'warning', summary: `Of ${code}`, detail: 'What.', hint: 'Do.' },
  ...more,
});
const findings = [
  finding('policy/a', { severity: 'error', subject: 'plant/file/motd#line' }),
  finding('policy/b', { needsApproval: true, subject: 'plant' }),
  finding('policy/c', {}),
];

describe('findings in a policy pack', () => {
  it.each([
    { weight: 'blocking', expected: [{ message: 'Of policy/a [policy/a]\nWhat.\nFix: Do.', urn }] },
    { weight: 'approval', expected: [{ message: 'Of policy/b [policy/b]\nWhat.\nFix: Do.', urn: null }] },
    { weight: 'advice', expected: [{ message: 'Of policy/c [policy/c]\nWhat.\nFix: Do.', urn: null }] },
  ] as const)('$weight: each once, at the resource that it is about', ({ weight, expected }) => {
    expect(violationsOf(findings, weight, resources)).toEqual(expected);
  });

  it('a finding names its place in the content', () => {
    const placed = finding('policy/d', { position: { file: 'stacks/plant.ts', line: 3, column: 5 } });
    expect(violationsOf([placed], 'advice', resources).map(({ message }) => message)).toEqual([
      'Of policy/d [policy/d]\nat stacks/plant.ts:3:5\nWhat.\nFix: Do.',
    ]);
  });

  it('the stacks and the environment are those of the resources', () => {
    expect([stacksIn(resources), pulumiStackOf(resources)]).toEqual([['plant'], 'lab.plant']);
  });
});
