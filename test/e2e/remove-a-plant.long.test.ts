import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, edit, remove } = makeWorkplace();
const bindings = join(folder, 'stacks/bindings/lab.yaml');

beforeAll(() => {
  opsctl('init');
  expect(opsctl('apply --yes').status).toBe(0);
});
afterAll(remove);

/** The order of docs/operating.md: out of the content, destroyed, out of the bindings. Nothing on the way is a dead end. */
describe('a plant that is closed', () => {
  it('is taken out of the content, and its bindings stay for now', () => {
    rmSync(join(folder, 'stacks/plant-1.ts'));
    edit('cmdb/items/host.csv', (text) => text.replace(/^plant-1-.*\n/gm, ''));
    edit('cmdb/items/http-endpoint.yaml', () => 'items: []\n');
    expect(opsctl('generate').status).toBe(0);
    const { status, stdout } = opsctl('check');
    expect(status).toBe(0);
    expect(stdout).toContain('warning: Binding of a stack that is not declared any more');
    expect(stdout).toContain('opsctl destroy --stack plant-1');
  });

  it('stops a plan of everything, which names the same way out', () => {
    const { status, stdout } = opsctl('plan');
    expect({ status, stdout }).toMatchObject({
      status: 4,
      stdout: expect.stringContaining('`opsctl destroy --stack plant-1`'),
    });
  });

  it('is found again when its bindings went first', () => {
    const before = readFileSync(bindings, 'utf8');
    edit('stacks/bindings/lab.yaml', withoutPlant);
    const { status, stderr } = opsctl('plan');
    expect(status).toBe(1);
    expect(stderr).toContain('operate/recorded-target-unbound');
    expect(stderr).toContain(
      'The state of plant-1 records 19 objects in alertmanager, blackbox, cmdb, grafana, prometheus',
    );
    expect(stderr).toContain('Put its binding back as it was');
    expect(opsctl('plan --stack hq').status).toBe(0);
    writeFileSync(bindings, before);
  });

  it('is destroyed', () => {
    expect(opsctl('destroy --stack plant-1 --yes --approved-by ops-lead').status).toBe(0);
    expect(filesBelow('out/plant-1')).toEqual([]);
  });

  it('is taken out of the bindings, and nothing is left to say', () => {
    expect(opsctl('validate').stdout).toContain('no state here records an object of it');
    edit('stacks/bindings/lab.yaml', withoutPlant);
    expect(opsctl('validate').stdout).toMatch(/^Valid: 1 stack/);
    expect(opsctl('apply --yes').status).toBe(0);
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });
});

describe('a declared target that is not bound', () => {
  it.each(['validate', 'plan --offline', 'plan'])('is found by `%s` at its stack in the bindings', (words) => {
    const before = readFileSync(bindings, 'utf8');
    edit('stacks/bindings/lab.yaml', (text) => text.replace(/^ {4}grafana:.*\n/m, ''));
    const { status, stdout, stderr } = opsctl(words);
    expect({ status, told: stdout + stderr }).toEqual({
      status: 3,
      told: expect.stringMatching(
        /\[operate\/target-unbound\]\n {2}at stacks\/bindings\/lab\.yaml:\d+:3\n[\s\S]*declared at stacks\/hq\.ts:\d+:\d+\./,
      ),
    });
    writeFileSync(bindings, before);
  });

  it('needs no binding where nothing is to be put there', () => {
    expect(opsctl('validate').status).toBe(0);
    expect(readFileSync(bindings, 'utf8')).not.toContain('snmp:');
  });
});

describe('a binding of a target that its stack does not declare', () => {
  it('is told, and stops nothing', () => {
    edit('stacks/bindings/lab.yaml', (text) => `${text}    grafanas: { provider: grafana, directory: out/x }\n`);
    expect(opsctl('validate')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The stack hq declares no target grafanas, and no state here records'),
    });
  });
});

function withoutPlant(text: string): string {
  return text.replace(/^ {2}plant-1:\n( {4}.*\n)*/m, '');
}

function filesBelow(directory: string): readonly string[] {
  const path = join(folder, directory);
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}
