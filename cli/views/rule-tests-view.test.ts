import { expect, it } from 'vitest';
import { type RuleTestsResult, ruleTestsView } from './rule-tests-view.ts';

const row = { stack: 'plant-1', class: 'host', alerts: 21, tests: 93 };
const whole = { firing: 21, quiet: 21, resolved: 21, missing: 21 };
const passed: RuleTestsResult = {
  tests: 105,
  ownTests: 0,
  failed: 0,
  alerts: 24,
  coverage: [
    { ...row, cases: whole },
    { stack: 'plant-1', class: 'pump', alerts: 3, tests: 12, cases: { firing: 3, quiet: 2, resolved: 2, missing: 3 } },
  ],
  uncovered: [{ cases: ['quiet', 'resolved'], reason: 'no series were found with which it does not fire' }],
  mutations: null,
  program: '/usr/bin/promtool',
  durationMs: 8012,
};
const judged: RuleTestsResult = {
  ...passed,
  ownTests: 2,
  failed: 1,
  uncovered: [],
  mutations: [
    { alert: 'HostDown', class: 'host', stacks: ['hq', 'plant-1'], mutants: 6, noticed: 6, survivors: [] },
    { alert: 'PumpHot', class: 'pump', stacks: ['plant-1'], mutants: 9, noticed: 8, survivors: ['> 60 becomes >= 60'] },
  ],
};
const terminal = { paint: (_: unknown, text: string) => text, width: 100, isVerbose: false };

it.each([
  { name: 'tests that passed', file: 'passed', result: passed },
  { name: 'a test that failed, and mistakes that were put in', file: 'failed', result: judged },
])('$name are shown as the golden file says', async ({ file, result }) => {
  const events = ruleTestsView.events(result).map((event) => `${JSON.stringify(event)}\n`);
  await expect(ruleTestsView.human(result, terminal)).toMatchFileSnapshot(`golden/rule-tests/${file}.txt`);
  await expect(events.join('')).toMatchFileSnapshot(`golden/rule-tests/${file}.jsonl`);
});
