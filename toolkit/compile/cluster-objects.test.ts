import { describe, expect, it } from 'vitest';
import { objectName } from '../languages/kubernetes/index.ts';
import {
  type Address,
  defineKubernetesObject,
  type JsonObject,
  type KubernetesManifest,
  standardTargets,
} from '../model/index.ts';
import { plainResource } from '../testing/arbitraries.ts';
import { sampleGroup, sampleStacks } from '../testing/sample-group.ts';
import { completeClusterObjects } from './cluster-objects.ts';
import { compileGroup } from './compile-group.ts';

const manifest = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace?: string,
  fields = {},
): KubernetesManifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...fields,
});

function complete(manifests: readonly KubernetesManifest[], stack = 'plant', organisation = 'huaxin') {
  const resources = manifests.map((one) =>
    plainResource(`${stack}/kubernetes-object/${objectName(one as unknown as JsonObject)}` as Address, {
      type: 'kubernetes-object',
      spec: one as unknown as JsonObject,
    }),
  );
  return completeClusterObjects(resources, organisation);
}

const waits = (manifests: readonly KubernetesManifest[]) =>
  Object.fromEntries(
    complete(manifests).map(({ address, dependsOn }) => [
      address.split('/')[2],
      dependsOn.map((one) => one.split('/')[2]),
    ]),
  );

describe('objects of a cluster', () => {
  it('say whose they are', () => {
    const [one] = complete([manifest('v1', 'ConfigMap', 'a', 'x')]);
    const labels = { 'opsctl/stack': 'plant', 'opsctl/organisation': 'huaxin' };
    expect(one?.spec.metadata).toEqual({ name: 'a', namespace: 'x', labels });
  });

  it('say it in letters that a label may have', () => {
    const [one] = complete([manifest('v1', 'ConfigMap', 'a', 'x')], 'plant', '华信集团');
    expect(one?.spec.metadata).toMatchObject({
      labels: { 'opsctl/organisation': expect.stringMatching(/^id-[0-9a-f]{16}$/) },
    });
  });

  it('wait for their namespace, their definition, and what limits them', () => {
    expect(
      waits([
        manifest('v1', 'Namespace', 'x'),
        manifest('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.org', undefined, {
          spec: { group: 'example.org', names: { kind: 'Thing' } },
        }),
        manifest('example.org/v1', 'Thing', 't', 'x'),
        manifest('networking.k8s.io/v1', 'NetworkPolicy', 'deny', 'x'),
        manifest('networking.k8s.io/v1', 'NetworkPolicy', 'deny', 'y'),
        manifest('scheduling.k8s.io/v1', 'PriorityClass', 'high'),
        manifest('v1', 'ConfigMap', 'c', 'x'),
        manifest('apps/v1', 'Deployment', 'd', 'x'),
      ]),
    ).toEqual({
      'namespace.x': [],
      'customresourcedefinition.things.example.org': [],
      'thing.x.t': ['namespace.x', 'customresourcedefinition.things.example.org'],
      'networkpolicy.x.deny': ['namespace.x'],
      'networkpolicy.y.deny': [],
      'priorityclass.high': [],
      'configmap.x.c': ['namespace.x'],
      'deployment.x.d': ['namespace.x', 'networkpolicy.x.deny', 'priorityclass.high', 'configmap.x.c'],
    });
  });

  it('and nothing else are changed', () => {
    const note = plainResource('plant/note/a' as Address);
    expect(completeClusterObjects([note], 'huaxin')[0]).toBe(note);
  });
});

describe('an object that is written by hand', () => {
  const gate = defineKubernetesObject(manifest('v1', 'ConfigMap', 'gate', 'x', { data: { a: 'b' } }));

  it('is compiled as it is written, named after what it is, at its own line', () => {
    const stacks = sampleStacks(
      (plant) => ({ ...plant.include(gate), targets: [...standardTargets, 'kubernetes'] }) as typeof plant,
    );
    const { resources, diagnostics } = compileGroup(sampleGroup({ stacks }));
    expect(diagnostics).toEqual([]);
    const found = resources.find(({ type }) => type === 'kubernetes-object');
    expect(found).toMatchObject({ target: 'kubernetes', spec: gate.manifest, source: gate.source });
    expect(found?.address).toBe(`plant/kubernetes-object/${objectName(gate.manifest as unknown as JsonObject)}`);
  });

  it('needs a cluster', () => {
    const { diagnostics } = compileGroup(sampleGroup({ stacks: sampleStacks((plant) => plant.include(gate)) }));
    expect(diagnostics).toMatchObject([{ code: 'inclusion/target-missing', subject: 'configmap.x.gate' }]);
  });

  it.each([
    { name: 'without a name', given: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} } },
    {
      name: 'with a label that is no text',
      given: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { a: 1 } } },
    },
  ])('is refused $name', ({ given }) => {
    expect(() => defineKubernetesObject(given as never)).toThrow();
  });
});
