import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
afterAll(remove);

const policies = join(folder, 'policies/standard.ts');

/** One story: each step goes on where the one before it ended. */
it('policies that judged what was applied are missed when they are gone, until something is applied without them', () => {
  expect(opsctl('init').status).toBe(0);
  expect(opsctl('apply --yes').status).toBe(0);
  expect(opsctl('plan').stdout).not.toContain('Read first');
  const text = readFileSync(policies, 'utf8');
  rmSync(policies);
  expect(opsctl('validate')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('[operate/policies-weakened]'),
  });
  expect(opsctl('plan').stdout).toMatch(
    /^Plan for lab\n\nRead first:\n {2}! \d+ mandatory policies alerts\/label-hygiene,[^!]*\sare\s+gone:\s+they\s+judged\s+what\s+was\s+applied\s+last\./,
  );
  writeFileSync(policies, text);
  expect(opsctl('plan').stdout).not.toContain('Read first');
  rmSync(policies);
  const items = join(folder, 'cmdb/items/host.csv');
  writeFileSync(items, readFileSync(items, 'utf8').replace('Portal server', 'The portal server'));
  expect(opsctl('apply --yes')).toMatchObject({ status: 0, stdout: expect.stringContaining('Read first:') });
  expect(opsctl('plan').stdout).toContain('No changes');
  expect(opsctl('plan').stdout).not.toContain('Read first');
});
