import { anAlertRule, aPolicyInput, aRuleFile, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { runbookRequired } from './runbook-required.ts';

const whole = { summary_en: 'Down', summary_zh: '停机', runbook_url: 'https://runbooks.example/pump/down' };
const subject = 'error plant-east-1/prometheus-rules/pump#PumpDown: The alert PumpDown has';

it.each([
  { name: 'an alert with both summaries and a runbook passes', annotations: whole, findings: [] },
  {
    name: 'an alert without annotations fails',
    annotations: {},
    findings: [`${subject} no summary_en, no summary_zh, no runbook_url that opens.`],
  },
  {
    name: 'an empty summary fails',
    annotations: { ...whole, summary_zh: ' ' },
    findings: [`${subject} no summary_zh.`],
  },
  {
    name: 'a runbook that is a bare path fails',
    annotations: { ...whole, runbook_url: '/pump/down' },
    findings: [`${subject} no runbook_url that opens.`],
  },
  {
    name: 'a base without a page fails',
    annotations: { ...whole, runbook_url: 'https://runbooks.example/' },
    findings: [`${subject} no runbook_url that opens.`],
  },
])('$name', ({ annotations, findings }) => {
  const resources = [aRuleFile('plant-east-1/prometheus-rules/pump', [anAlertRule('PumpDown', { annotations })])];
  expect(findingsOf(runbookRequired, aPolicyInput({ resources }))).toEqual(findings);
});
