import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const rules = `groups:
  - name: hall
    rules:
      # The main feed only.
      - alert: FeedLost
        expr: feed_up == 0
        for: 5m
        labels: {severity: critical}
`;

beforeAll(() => {
  opsctl('init group');
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old/hall.yml'), rules);
  writeFileSync(join(folder, 'old/bad.yml'), rules.replace('feed_up ==', 'feed_up ==='));
});
afterAll(remove);

const imported = () => join(folder, 'group/alerts/imported');

/** One story: what was there before is taken over, and becomes part of a control point. */
it('rules are imported, included, judged, and explained by their own lines', () => {
  const dry = opsctl('import rules old/hall.yml --directory group --dry-run');
  expect({ status: dry.status, out: dry.stdout.split('\n')[0] }).toEqual({
    status: 0,
    out: 'Would write 1 rule to group/alerts/imported; compiled, they are what was read:',
  });
  expect(() => readdirSync(imported())).toThrow();

  expect(opsctl('import rules old/hall.yml --directory group').status).toBe(0);
  expect(readdirSync(imported()).sort()).toEqual(['hall.ts', 'index.ts']);

  const stack = join(folder, 'group/stacks/plant-1.ts');
  const text = readFileSync(stack, 'utf8');
  const terms = `{ reason: 'Taken over.', approver: 'ops-lead', until: '2099-12-31' }`;
  const included = text.replace(/;\s*$/, `\n  .include(importedRules, ${terms});\n`);
  writeFileSync(stack, `import { importedRules } from '../alerts/imported/index.ts';\n${included}`);

  const valid = opsctl('validate --directory group');
  expect({ status: valid.status, notes: valid.stdout.match(/\[policy\/alerts\/[a-z-]+\]/g) }).toEqual({
    status: 0,
    notes: ['[policy/alerts/runbook-required]'],
  });
  const explained = opsctl('explain plant-1/prometheus-rules/hall#FeedLost --directory group').stdout;
  expect(explained).toContain('at alerts/imported/hall.ts:8:5');
});

it('nothing is overwritten without --force, and what is refused is told while the rest is written', () => {
  const again = opsctl('import rules old --directory group');
  expect({ status: again.status, codes: again.stderr.match(/\[import\/[a-z-]+\]/g) }).toEqual({
    status: 4,
    codes: ['[import/not-carried]', '[import/exists]'],
  });
  const forced = opsctl('import rules old --directory group --force --json');
  expect(forced.status).toBe(3);
  expect(eventsOf(forced).find(({ event }) => event === 'import')).toMatchObject({
    count: 1,
    files: ['hall.ts', 'index.ts'],
  });
});

it.each([
  { words: 'import rules nowhere', status: 64 },
  { words: 'import rules', status: 64 },
  { words: 'import dashboards old', status: 64 },
  { words: 'import alertmanager old', status: 64 },
])('`opsctl $words` ends with $status', ({ words, status }) => {
  expect(opsctl(words).status).toBe(status);
});
