import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, edit, remove } = makeWorkplace();

beforeAll(() => {
  opsctl('init');
  expect(opsctl('apply --yes').status).toBe(0);
  edit('stacks/plant-1.ts', 'defineStack, items }', 'defineStack, items, kubernetes }');
  edit('stacks/plant-1.ts', "team: 'plant-1-ops' }", "team: 'plant-1-ops', home: kubernetes({ namespace: 'm' }) }");
  const cluster = '    kubernetes: { provider: kubernetes, kubeconfig: dead.kubeconfig, timeoutMs: 100 }\n';
  edit('stacks/bindings/lab.yaml', '  plant-1:\n', `  plant-1:\n${cluster}`);
  writeFileSync(join(folder, 'dead.kubeconfig'), JSON.stringify(deadKubeconfig));
  edit('cmdb/items/host.csv', 'Portal server', 'Portal');
});
afterAll(remove);

/** Nothing listens there. */
const deadKubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'dead', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'nobody', user: { token: 'x' } }],
  contexts: [{ name: 'dead', context: { cluster: 'dead', user: 'nobody' } }],
  'current-context': 'dead',
};

/** A plant whose cluster is cut off, and a headquarters that has to be repaired meanwhile. */
describe('a target that does not answer', () => {
  it('makes the audit incomplete: the rest is compared, and it is told once how many objects are not', () => {
    const { status, stdout, stderr } = opsctl('drift --detailed-exitcode');
    expect(status).toBe(1);
    expect(stderr.match(/Cluster does not answer/g)).toHaveLength(1);
    expect(stdout).toContain('\n  kubernetes of plant-1: 14 objects not compared. Cluster does not answer.');
    expect(stdout).toContain('No drift in what could be compared, ');
    expect(opsctl('drift --format md').stdout).toContain('| 14 objects in kubernetes of plant-1 | Cluster does not ');
    const audit = eventsOf(opsctl('drift --json'));
    expect(audit).toMatchObject(expect.arrayContaining([expect.objectContaining({ event: 'unasked', objects: 14 })]));
  });

  it('leaves a plan of the others, which takes no files away that its objects were to replace', () => {
    const { status, stdout } = opsctl('plan --detailed-exitcode --out change.plan');
    expect(status).toBe(1);
    expect(stdout).toContain('~ update hq/cmdb-record/hq-portal-1');
    expect(stdout).toContain('delete plant-1/grafana-dashboard/host (waits for what could not be asked)');
    expect(stdout).toMatch(/\n1 to update; 15 unchanged, 30 owed, 14 not looked at\.\n/);
  });

  it('is left alone by an apply, which is one in part', () => {
    const { status, stdout } = opsctl('apply change.plan');
    expect(status).toBe(7);
    expect(stdout).toContain('! kubernetes of plant-1 could not be asked: nothing was done to its 14 objects; ');
    expect(stdout).toContain('\nApplied in part: 1 of 1 change done; ');
    expect(readFileSync(join(folder, 'out/hq/cmdb/hq-portal-1.json'), 'utf8')).toContain('"Portal"');
    const again = opsctl('apply --yes');
    expect(again.status).toBe(1);
    expect(again.stdout).toContain('No changes in what could be looked at; 16 unchanged, 30 owed, 14 not looked at.');
  });
});
