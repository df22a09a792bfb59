import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const secret = 'https://duty.example.com/alerts?token=s3cr3t-"tok en"&x';
const env = { DUTY_URL: secret };
const config = join(folder, 'out/plant-1/alertmanager/alertmanager.yml');

beforeAll(() => {
  opsctl('init');
  const file = join(folder, 'cmdb/organisation/index.ts');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace("url: 'https://duty.plant-1.example/alerts'", "url: { $secret: 'env:DUTY_URL' }"));
});
afterAll(remove);

describe('a secret', () => {
  it('reaches its target', () => {
    expect(opsctl('apply --yes', env).status).toBe(0);
    expect(readFileSync(config, 'utf8')).toContain('s3cr3t');
  });

  it.each([
    'plan',
    'plan --json -v',
    'drift',
    'drift --json',
    'drift --format html',
    'explain plant-1/alertmanager-config/main --json',
    'state show plant-1/alertmanager-config/main',
    'state list --json',
    'graph --format json',
    'doctor --json',
  ])('is in no output of `opsctl %s`, not even when somebody moved it', (words) => {
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('group_wait', `# ${secret}\n  group_wait`));
    const { stdout, stderr } = opsctl(words, env);
    writeFileSync(config, before);
    expect(stdout + stderr).not.toContain('s3cr3t');
  });

  it('is in no saved plan, no state and no rendered file', () => {
    opsctl('plan --out secret.plan', env);
    opsctl('render --out rendered', env);
    expect(readFileSync(join(folder, 'secret.plan'), 'utf8')).not.toContain('s3cr3t');
    expect(readFileSync(join(folder, '.opsctl/state/lab/plant-1/state.json'), 'utf8')).not.toContain('s3cr3t');
    expect(readFileSync(join(folder, 'rendered/plant-1/alertmanager/alertmanager.yml'), 'utf8')).toContain(
      '{env:DUTY_URL}',
    );
  });

  it('that is not at hand is named, and its value is not guessed', () => {
    const { status, stderr } = opsctl('plan');
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('env:DUTY_URL') });
  });

  it('is not needed to plan offline or to validate', () => {
    expect(opsctl('plan --offline').status).toBe(0);
    expect(opsctl('validate').status).toBe(0);
  });
});
