import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();
const bindings = join(folder, 'stacks/bindings/lab.yaml');
const prometheus = 'directory: out/plant-1/prometheus';
let text: string;

beforeAll(() => {
  opsctl('init');
  text = readFileSync(bindings, 'utf8');
  mkdirSync(join(folder, 'out/hq/prometheus'), { recursive: true });
  symlinkSync('hq/prometheus', join(folder, 'out/link'));
  writeFileSync(join(folder, 'out/file'), '');
});
afterEach(() => writeFileSync(bindings, text));
afterAll(remove);

/** Binds the Prometheus of the plant as told; the rest stays. */
function bind(settings: string): void {
  writeFileSync(bindings, text.replace(prometheus, settings));
}

/** Two targets in one place overwrite each other, each apply the other's files, without a word of any of them. */
describe('targets that would write in one place', () => {
  it.each([
    { name: 'the same directory', settings: 'directory: out/hq/prometheus' },
    { name: 'a directory inside it', settings: 'directory: out/hq/prometheus/rules' },
    { name: 'a path with ..', settings: 'directory: out/x/../hq/prometheus' },
    { name: 'a link', settings: 'directory: out/link' },
  ])('are refused: $name', ({ settings }) => {
    bind(settings);
    for (const words of ['plan', 'apply --yes', 'plan --stack plant-1']) {
      const { status, stderr } = opsctl(words);
      expect({ status, stderr }).toMatchObject({ status: 3, stderr: expect.stringContaining('bindings/shared-place') });
      expect(stderr).toContain('at stacks/bindings/lab.yaml:15:5');
    }
    expect(existsSync(join(folder, '.opsctl/state'))).toBe(false);
  });

  it.each(['cmdb/items', 'alerts/own', '.opsctl/state/x'])('are refused in the repository itself: %s', (directory) => {
    bind(`directory: ${directory}`);
    expect(opsctl('plan')).toMatchObject({ status: 3, stderr: expect.stringContaining('bindings/reserved-place') });
  });

  it('are refused at one URL', () => {
    const url = "url: 'http://localhost:9090'";
    const both = text.replace('out/hq/prometheus', `out/hq/prometheus, ${url}`);
    writeFileSync(bindings, both.replace(prometheus, `${prometheus}, ${url}`));
    expect(opsctl('validate')).toMatchObject({ status: 3, stdout: expect.stringContaining('bindings/shared-url') });
  });

  it('may share a directory in which each has files of its own', () => {
    writeFileSync(bindings, text.replace('out/plant-1/alertmanager', 'out/plant-1/prometheus'));
    expect(opsctl('plan').status).toBe(0);
  });
});

describe('a directory that cannot be one', () => {
  it('is told where it is bound, before anything is planned', () => {
    bind('directory: out/file/prometheus');
    const { status, stderr } = opsctl('plan');
    expect(status).toBe(1);
    expect(stderr).toContain('operate/place-unusable');
    expect(stderr).toContain('at stacks/bindings/lab.yaml:15:5');
    expect(stderr).toContain('out/file is a file, not a directory');
  });
});

describe('a target that is bound to another place', () => {
  const created = 'out/elsewhere/prometheus.yml';

  beforeAll(() => {
    expect(opsctl('apply --yes').status).toBe(0);
  });

  it('stops until somebody says what becomes of the former place', () => {
    bind('directory: out/elsewhere');
    const { status, stdout, stderr } = opsctl('apply --yes');
    expect(status).toBe(4);
    expect(stderr).toContain('operate/target-moved');
    expect(stderr).toContain('at stacks/bindings/lab.yaml:15:5');
    expect(stderr).toContain(`opsctl destroy --target 'plant-1/prometheus-config/*'`);
    expect(stdout).not.toContain('overwrites-drift');
    expect(existsSync(join(folder, created))).toBe(false);
  });

  it('is made there once the move was reviewed, and is then as any other', () => {
    bind('directory: out/elsewhere');
    expect(opsctl('plan --target-moved plant-1/prometheus --out moved.plan').status).toBe(0);
    expect(opsctl('apply moved.plan').status).toBe(0);
    expect(existsSync(join(folder, created))).toBe(true);
    expect(existsSync(join(folder, 'out/plant-1/prometheus/prometheus.yml'))).toBe(true);
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  it('needs no word when its files came along', () => {
    cpSync(join(folder, 'out/elsewhere'), join(folder, 'out/third'), { recursive: true });
    bind('directory: out/third');
    const { status, stderr } = opsctl('plan --detailed-exitcode');
    expect(status).toBe(0);
    expect(stderr).not.toContain('target-moved');
  });

  it('can be cleared at the former place first, as the message says', () => {
    bind('directory: out/elsewhere');
    const patterns = ['config', 'rules', 'targets'].map((type) => `--target plant-1/prometheus-${type}/*`).join(' ');
    expect(opsctl(`destroy ${patterns} --yes --approved-by ops-lead`).status).toBe(0);
    expect(existsSync(join(folder, created))).toBe(false);
    rmSync(join(folder, 'out/plant-1/prometheus'), { recursive: true });
    bind(prometheus);
    expect(opsctl('apply --yes').status).toBe(0);
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });
});
