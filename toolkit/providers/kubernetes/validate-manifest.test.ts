import { describe, expect, it } from 'vitest';
import type { Address, JsonObject } from '../../model/index.ts';
import { plainResource } from '../../testing/arbitraries.ts';
import { kubernetesProvider } from './provider.ts';

const configMap = (fields: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'gate', ...metadata },
  ...fields,
});
const pointerIn = (pointer: string) => expect.stringContaining(pointer);

describe('without a cluster it is told', () => {
  it.each<{ name: string; spec: JsonObject; code: string; detail: unknown }>([
    {
      name: 'that a version is none',
      spec: configMap({ apiVersion: '1' }),
      code: 'bad-manifest',
      detail: pointerIn('/apiVersion'),
    },
    {
      name: 'that a list is not one object',
      spec: configMap({ kind: 'ConfigMapList' }),
      code: 'bad-manifest',
      detail: pointerIn('/kind'),
    },
    {
      name: 'that a name is none',
      spec: configMap({}, { name: 'Gate!' }),
      code: 'bad-manifest',
      detail: pointerIn('/metadata/name'),
    },
    {
      name: 'that an object belongs to no namespace',
      spec: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', namespace: 'b' } },
      code: 'bad-manifest',
      detail: pointerIn('Namespace belongs to no namespace'),
    },
    {
      name: 'that a label is no text',
      spec: configMap({}, { labels: { a: 1 } }),
      code: 'bad-manifest',
      detail: pointerIn('/metadata/labels'),
    },
    {
      name: 'that fields are those of the server',
      spec: configMap({ status: {} }, { uid: 'x', managedFields: [] }),
      code: 'server-field',
      detail: 'It has /metadata/managedFields, /metadata/uid, /status.',
    },
    {
      name: 'that it is too large',
      spec: configMap({ data: { a: 'x'.repeat(1_048_576) } }),
      code: 'too-large',
      detail: '/data of the ConfigMap has 1048577 bytes, and at most 1048576 are taken.',
    },
  ])('$name', ({ spec, code, detail }) => {
    const resource = plainResource('plant/kubernetes-object/gate' as Address, { type: 'kubernetes-object', spec });
    expect(kubernetesProvider.validate(resource)).toMatchObject([
      { code: `kubernetes/${code}`, detail, position: resource.source },
    ]);
  });

  it('nothing of an object that is in order', () => {
    const spec = configMap({ data: { a: 'b' } }, { namespace: 'plant', labels: { a: 'b' } });
    const resource = plainResource('plant/kubernetes-object/gate' as Address, { type: 'kubernetes-object', spec });
    expect(kubernetesProvider.validate(resource)).toEqual([]);
  });
});
