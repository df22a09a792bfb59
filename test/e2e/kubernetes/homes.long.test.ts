import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseYaml } from '../../../toolkit/languages/yaml/index.ts';
import { definitions } from '../../support/custom-resources.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';
import { makeWorkplace } from '../../support/opsctl.ts';

const folderOfDefinitions = resolve(import.meta.dirname, '../../../../shared/data/crds');
const isPossible = kubernetes.available && definitions.available;
const title = definitions.title(kubernetes.title('a plant that moves to a real cluster'));

/** The plant of a new repository: first with files, then at home in a cluster, then in one that Flux keeps. */
describe.skipIf(!isPossible)(title, () => {
  const cluster = clusterForSuite();
  const { folder, opsctl, remove } = makeWorkplace();
  const stack = join(folder, 'stacks/plant-1.ts');
  const bindings = join(folder, 'stacks/bindings/lab.yaml');
  const rule = '/apis/monitoring.coreos.com/v1/namespaces/monitoring/prometheusrules/plant-1-host';
  const apply = 'apply --yes --health-timeout 0 --allow-deletes 100 --approved-by ops-lead';

  beforeAll(async () => {
    for (const file of readdirSync(folderOfDefinitions)) {
      const definition = yamlAt(join(folderOfDefinitions, file));
      const made = await cluster().call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
      expect(made.status).toBe(201);
    }
    await cluster().call('POST', '/api/v1/namespaces', named('v1', 'Namespace', 'monitoring'));
    opsctl('init');
    expect(opsctl('apply --yes').status).toBe(0);
  });
  afterAll(remove);

  it('has its objects there and its files nowhere, and then nothing is left to do', async () => {
    const head = readFileSync(stack, 'utf8')
      .replace('defineStack, items }', 'defineStack, items, kubernetes }')
      .replace("team: 'plant-1-ops' }", "team: 'plant-1-ops', home: kubernetes({ namespace: 'monitoring' }) }");
    writeFileSync(stack, head);
    bind(`kubeconfig: ${cluster().adminFile}`);
    const applied = opsctl(apply);
    expect({ status: applied.status, told: applied.stderr + applied.stdout.slice(-3000) }).toEqual({
      status: 0,
      told: expect.any(String),
    });
    expect(readdirSync(join(folder, 'out/plant-1/prometheus/rules'))).toEqual([]);
    const { body } = await cluster().call('GET', rule);
    expect(body.metadata.labels).toMatchObject({ 'opsctl/stack': 'plant-1', 'app.kubernetes.io/managed-by': 'opsctl' });
    expect(body.spec.groups[0].rules.length).toBeGreaterThan(20);
    expect(opsctl('plan --detailed-exitcode')).toMatchObject({ status: 0 });
    expect(opsctl('drift --detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('tells an edit by hand by the name of the alert', async () => {
    const { body } = await cluster().call('GET', rule);
    const [group] = body.spec.groups;
    const rules = group.rules.map((one: { alert?: string }) =>
      one.alert === 'HostDown' ? { ...one, for: '3h' } : one,
    );
    await patch({ spec: { groups: [{ ...group, rules }] } }, 'kubectl-edit');
    const drift = opsctl('drift --detailed-exitcode');
    expect(drift.status).toBe(2);
    expect(drift.stdout).toContain('the critical alert HostDown waits 3h instead of 2m');
    expect(drift.stdout).toContain('rules[HostDown].for: "2m" -> "3h"');
    expect(opsctl('adopt plant-1/kubernetes-object/prometheusrule.* --yes --health-timeout 0').status).toBe(0);
    expect(opsctl('drift --detailed-exitcode').status).toBe(0);
  });

  it('is compared with what Flux has left, and left alone otherwise', async () => {
    expect(opsctl('render --for flux --stack plant-1 --out clusters').status).toBe(0);
    const root = join(folder, 'clusters/plant-1');
    for (const phase of ['40-config', '70-custom']) {
      for (const file of readdirSync(join(root, phase))) {
        const object = yamlAt(join(root, phase, file));
        if (object.kind === 'Kustomization') continue;
        expect((await applyAs('kustomize-controller', object)).status).toBeLessThan(300);
      }
    }
    bind(`kubeconfig: ${cluster().adminFile}, reconciledBy: flux`);
    expect(opsctl('drift --detailed-exitcode')).toMatchObject({ status: 0 });
    const plan = opsctl('plan --detailed-exitcode');
    expect({ status: plan.status, told: plan.stderr.includes('operate/reconciled-elsewhere') }).toEqual({
      status: 0,
      told: true,
    });

    await patch({ spec: { groups: [] } }, 'kubectl-edit');
    const drift = opsctl('drift --detailed-exitcode');
    expect({ status: drift.status, stdout: drift.stdout }).toEqual({
      status: 2,
      stdout: expect.stringContaining('plant-1/kubernetes-object/prometheusrule.monitoring.plant-1-host'),
    });
    expect(opsctl('plan --detailed-exitcode').status).toBe(0);
  });

  function bind(settings: string): void {
    const text = readFileSync(bindings, 'utf8').replace(/\n {4}kubernetes: .*/, '');
    writeFileSync(bindings, `${text.trimEnd()}\n    kubernetes: { provider: kubernetes, ${settings} }\n`);
  }

  async function patch(body: object, manager: string) {
    const contentType = 'application/merge-patch+json';
    return await cluster().call('PATCH', `${rule}?fieldManager=${manager}`, body, { contentType });
  }

  async function applyAs(manager: string, object: Manifest) {
    const plural = { ConfigMap: 'configmaps', Secret: 'secrets' }[object.kind] ?? `${object.kind.toLowerCase()}s`;
    const base = object.apiVersion === 'v1' ? '/api/v1' : `/apis/${object.apiVersion}`;
    const path = `${base}/namespaces/monitoring/${plural}/${object.metadata.name}`;
    const contentType = 'application/apply-patch+yaml';
    return await cluster().call('PATCH', `${path}?fieldManager=${manager}&force=true`, object, { contentType });
  }
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

function named(apiVersion: string, kind: string, name: string): Manifest {
  return { apiVersion, kind, metadata: { name } };
}

function yamlAt(path: string): Manifest {
  return parseYaml(readFileSync(path, 'utf8'), path).value as unknown as Manifest;
}
