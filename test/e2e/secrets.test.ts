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

  it('that is set to nothing is missing like one that is not set', () => {
    const { status, stderr } = opsctl('plan', { DUTY_URL: '' });
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('DUTY_URL is empty') });
  });

  it('that stands in the organisation itself is refused, and not repeated', () => {
    const file = join(folder, 'cmdb/organisation/index.ts');
    const before = readFileSync(file, 'utf8');
    const channel = `kind: 'wecom', corporationId: 'c', agentId: '1', apiSecret: 'hunter2secret'`;
    writeFileSync(file, before.replace("kind: 'webhook', url: 'https://duty.hq.example/alerts'", channel));
    const found = ['validate', 'validate --format sarif', 'plan --offline --json'].map((words) => opsctl(words, env));
    writeFileSync(file, before);
    for (const { status, stdout, stderr } of found) {
      expect(status).toBe(3);
      expect(stdout + stderr).toContain('apiSecret');
      expect(stdout + stderr).toContain('not repeated here');
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('that is missing is told with all others, before anything is applied', () => {
    const inventory = join(folder, 'stacks/bindings/lab.yaml');
    const before = readFileSync(inventory, 'utf8');
    const place = 'directory: out/hq/prometheus';
    writeFileSync(inventory, before.replace(place, `${place}, url: 'http://127.0.0.1:1', credential: file:hq.token`));
    const found = [opsctl('plan'), opsctl('apply --yes')];
    writeFileSync(inventory, before);
    for (const { status, stderr } of found) {
      expect(status).toBe(1);
      expect(stderr).toContain('env:DUTY_URL cannot be resolved: the variable DUTY_URL is not set.');
      expect(stderr).toContain('It is named by plant-1/alertmanager-config/main.');
      expect(stderr).toContain('file:hq.token cannot be resolved: the file hq.token is not there');
      expect(stderr).toContain('It is named by prometheus of hq.');
      expect(stderr).toContain('at stacks/bindings/lab.yaml:9:5');
    }
  });

  it('is not asked for by a plan of another stack', () => {
    expect(opsctl('plan --stack hq').status).toBe(0);
  });

  it('that a saved plan needs is missed before the first change', () => {
    const before = readFileSync(config, 'utf8');
    writeFileSync(config, before.replace('group_wait', '# By hand\n  group_wait').replace('http', 'httpx'));
    const damaged = readFileSync(config, 'utf8');
    expect(opsctl('plan --out needing.plan', env).status).toBe(0);
    expect(opsctl('apply needing.plan')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('It is named by plant-1/alertmanager-config/main.'),
    });
    expect(readFileSync(config, 'utf8')).toBe(damaged);
    expect(opsctl('apply needing.plan', env).status).toBe(0);
    expect(readFileSync(config, 'utf8')).not.toContain('httpx');
  });

  it('is not needed to plan offline or to validate', () => {
    expect(opsctl('plan --offline').status).toBe(0);
    expect(opsctl('validate').status).toBe(0);
  });
});
