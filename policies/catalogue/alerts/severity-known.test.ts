import { anAlertRule, aPolicyInput, aRuleFile, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { severityKnown } from './severity-known.ts';

const subject = 'error plant-east-1/prometheus-rules/pump#PumpDown: The alert PumpDown has';

it.each([
  { name: 'critical passes', labels: { severity: 'critical' }, findings: [] },
  { name: 'warning passes', labels: { severity: 'warning' }, findings: [] },
  { name: 'info passes', labels: { severity: 'info' }, findings: [] },
  { name: 'an escalated alert keeps the one it had', labels: { escalated: 'L2' }, findings: [] },
  { name: 'no severity fails', labels: {}, findings: [`${subject} no severity.`] },
  { name: 'another severity fails', labels: { severity: 'page' }, findings: [`${subject} the severity "page".`] },
  {
    name: 'another spelling fails',
    labels: { severity: 'Critical' },
    findings: [`${subject} the severity "Critical".`],
  },
])('$name', ({ labels, findings }) => {
  const resources = [aRuleFile('plant-east-1/prometheus-rules/pump', [anAlertRule('PumpDown', { labels })])];
  expect(findingsOf(severityKnown, aPolicyInput({ resources }))).toEqual(findings);
});
