import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../support/files-below.ts';
import { type Ended, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, edit, remove } = makeWorkplace();
afterAll(remove);

const recordFile = join(folder, 'out/plant-1/cmdb/plant-1-mes-web.json');
const ruleFile = join(folder, 'out/plant-1/prometheus/rules/host.yaml');

/** One story: each step goes on where the one before it ended. */
describe('a repository made by init', () => {
  it('is made', () => {
    expect(opsctl('init')).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(folder, 'node_modules'))).toBe(false);
  });

  it('is not made a second time over what is there', () => {
    writeFileSync(join(folder, 'README.md'), 'Mine.');
    expect(opsctl('init').status).toBe(4);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('Mine.');
  });

  it('validates without a finding, also compiled twice', () => {
    expect(opsctl('check')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Valid: 2 stacks, 4 items, /) });
  });

  it('has the generated ids that `generate` writes', () => {
    expect(opsctl('generate --check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('works where the link for editors is missing', () => {
    rmSync(join(folder, '.opsctl'), { recursive: true });
    expect(opsctl('validate').status).toBe(0);
  });

  it('plans, applies, and then has nothing left to do', () => {
    expect(opsctl('plan --offline --detailed-exitcode').status).toBe(2);
    expect(opsctl('plan --detailed-exitcode').status).toBe(2);
    expect(opsctl('apply --yes')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('32 of 32 changes done; all of it only written: no running program was asked'),
    });
    expect(opsctl('plan --detailed-exitcode')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('No changes'),
    });
    expect(opsctl('drift --detailed-exitcode')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('No drift'),
    });
  });

  it('shows an edit by hand as drift, and leaves it', () => {
    edit(ruleFile, 'vector(0.05)', 'vector(0.07)');
    edit(recordFile, 'mes.plant-1.example/healthz', 'mes.plant-1.example/ready');
    const drift = opsctl('drift --detailed-exitcode');
    expect(drift).toMatchObject({ status: 2, stderr: '' });
    expect(drift.stdout).toContain('! plant-1/prometheus-rules/host (changed)');
    expect(drift.stdout).toMatch(/~ HostMemoryShort for [\w-]+: threshold 0\.05 -> 0\.07\n/);
    expect(readFileSync(ruleFile, 'utf8')).toContain('vector(0.07)');
  });

  it('offers the edit of the source that would make the drift intended', () => {
    const { status, stdout } = opsctl('drift --to-source');
    expect({ status, changed: changedLines(stdout) }).toEqual({
      status: 0,
      changed: [
        '-      url: http://mes.plant-1.example/healthz',
        '+      url: http://mes.plant-1.example/ready',
        '-    threshold: 0.05,',
        '+    threshold: 0.07,',
      ],
    });
  });

  it('reports the audit for keeping', () => {
    const { stdout } = opsctl('drift --format md');
    expect(stdout).toContain('# Configuration audit: Example group, lab');
    expect(stdout).toContain('| plant-1/prometheus-rules/host | changed |');
    expect(opsctl('drift --format html').stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(JSON.parse(opsctl('drift --format json').stdout)).toMatchObject({
      report: { formatVersion: 1, environment: 'lab' },
    });
  });

  it('puts it right', () => {
    expect(opsctl('apply --yes').status).toBe(0);
    expect(readFileSync(ruleFile, 'utf8')).toContain('vector(0.05)');
    expect(opsctl('drift --detailed-exitcode').status).toBe(0);
  });

  it('explains an alert, an item, and what is spelled wrong', () => {
    expect(opsctl('explain plant-1/prometheus-rules/host#HostMemoryShort')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('tuning plant-1-historian-1'),
    });
    expect(opsctl('explain plant-1-mes-1').stdout).toContain('plant-1/cmdb-record/plant-1-mes-1');
    expect(opsctl('explain plant-1-mse-1')).toMatchObject({
      status: 64,
      stderr: expect.stringContaining('Did you mean plant-1-mes-1?'),
    });
  });

  it('renders what it applied, byte by byte', () => {
    expect(opsctl('render --out rendered').status).toBe(0);
    expect(filesBelow(join(folder, 'rendered'))).toEqual(filesBelow(join(folder, 'out')));
  });

  it('has a healthy place', () => {
    expect(opsctl('doctor')).toMatchObject({ status: 0, stdout: expect.stringContaining('ok  state of plant-1') });
  });

  it('destroys only when somebody says yes', () => {
    expect(opsctl('destroy')).toMatchObject({ status: 4, stderr: expect.stringContaining('Plan needs an approval') });
    expect(opsctl('destroy --approved-by ops-lead')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('Nobody to ask'),
    });
    expect(existsSync(ruleFile)).toBe(true);
    expect(opsctl('destroy --yes --approved-by ops-lead')).toMatchObject({ status: 0 });
    expect(existsSync(ruleFile)).toBe(false);
    expect(opsctl('state list').stdout).toBe('');
  });
});

function changedLines(patch: Ended['stdout']): string[] {
  return patch.split('\n').filter((line) => /^[+-][^+-]/.test(line));
}
