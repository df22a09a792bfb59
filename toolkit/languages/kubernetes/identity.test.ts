import { describe, expect, it } from 'vitest';
import { applyPhaseOf, applyPhases } from './apply-order.ts';
import { describeObject, identityOf, objectName } from './identity.ts';
import { replacingFields } from './immutable-fields.ts';
import { kindDefined } from './kind-defined.ts';
import { withOwner } from './owner-label.ts';
import { findOversize, maxAnnotationBytes, maxDataBytes } from './size-limits.ts';

const object = (apiVersion: string, kind: string, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'gate', ...metadata },
});

describe('an object is named by', () => {
  it.each([
    {
      name: 'kind, namespace and name',
      manifest: object('v1', 'ConfigMap', { namespace: 'plant' }),
      address: 'configmap.plant.gate',
      title: 'ConfigMap plant/gate',
    },
    {
      name: 'kind and name where it names no namespace',
      manifest: object('v1', 'Secret'),
      address: 'secret.gate',
      title: 'Secret gate',
    },
    {
      name: 'kind and name where it belongs to none, whatever it says',
      manifest: object('rbac.authorization.k8s.io/v1', 'ClusterRole', { namespace: 'plant' }),
      address: 'clusterrole.gate',
      title: 'ClusterRole gate',
    },
  ])('$name', ({ manifest, address, title }) => {
    expect([objectName(manifest), describeObject(identityOf(manifest))]).toEqual([address, title]);
  });
});

describe('the order of kinds', () => {
  it('puts namespaces, definitions, policies, configuration, workloads, webhooks and all else one after the other', () => {
    const inOrder = [
      object('v1', 'Namespace'),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
      object('networking.k8s.io/v1', 'NetworkPolicy'),
      object('v1', 'ConfigMap'),
      object('apps/v1', 'Deployment'),
      object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'),
      object('monitoring.coreos.com/v1', 'PrometheusRule'),
    ];
    expect(inOrder.map(applyPhaseOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('is told apart by group: an Ingress of another one is a custom resource', () => {
    expect(applyPhases[applyPhaseOf(object('extensions.example/v1', 'Deployment'))]?.name).toBe('custom');
  });
});

describe('what is too large is told by where it is', () => {
  const configMap = (bytes: number) => ({ ...object('v1', 'ConfigMap'), data: { a: 'x'.repeat(bytes - 1) } });

  it.each([
    { name: 'data as large as allowed', manifest: configMap(maxDataBytes), found: [] },
    {
      name: 'data one byte larger',
      manifest: configMap(maxDataBytes + 1),
      found: [{ pointer: '/data', bytes: maxDataBytes + 1, maxBytes: maxDataBytes }],
    },
    {
      name: 'annotations',
      manifest: object('apps/v1', 'Deployment', { annotations: { a: '泵'.repeat(90_000) } }),
      found: [{ pointer: '/metadata/annotations', bytes: 270_001, maxBytes: maxAnnotationBytes }],
    },
    {
      name: 'an object of another kind as a whole',
      manifest: { ...object('example.org/v1', 'Thing'), spec: { text: 'x'.repeat(1_600_000) } },
      found: [{ pointer: '', bytes: 1_600_092, maxBytes: 1_500_000 }],
    },
  ])('$name', ({ manifest, found }) => {
    expect(findOversize(manifest).map((one) => ({ ...one }))).toEqual(found);
  });
});

describe('an object is another one', () => {
  const deployment = { ...object('apps/v1', 'Deployment'), spec: { selector: { matchLabels: { a: 'b' } } } };

  it.each([
    { name: 'by its name', before: object('v1', 'ConfigMap'), after: object('v1', 'ConfigMap'), has: '/metadata/name' },
    { name: 'by a selector', before: deployment, after: deployment, has: '/spec/selector' },
    { name: 'by its group', before: deployment, after: object('extensions/v1', 'Deployment'), has: '/apiVersion' },
    {
      name: 'by data that were locked',
      before: { ...object('v1', 'ConfigMap'), immutable: true },
      after: object('v1', 'ConfigMap'),
      has: '/data',
    },
  ])('$name', ({ before, after, has }) => {
    expect(replacingFields(before, after)).toContain(has);
  });

  it('not by its version, and not by data that may change', () => {
    const found = replacingFields(object('v1', 'ConfigMap'), object('v1', 'ConfigMap'));
    expect(found).toEqual(['/kind', '/metadata/namespace', '/metadata/name']);
    expect(replacingFields(object('apps/v1beta1', 'Deployment'), object('apps/v1', 'Deployment'))).not.toContain(
      '/apiVersion',
    );
  });
});

it('a definition names the kind that it makes known', () => {
  const definition = {
    ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    spec: { group: 'velero.io', names: { kind: 'Schedule' } },
  };
  expect([kindDefined(definition), kindDefined(object('v1', 'ConfigMap'))]).toEqual([
    { group: 'velero.io', kind: 'Schedule' },
    null,
  ]);
});

it('an object says once whose it is', () => {
  const owned = withOwner(object('v1', 'ConfigMap', { labels: { a: 'b' } }), 'plant');
  expect(owned.metadata).toEqual({ name: 'gate', labels: { a: 'b', 'opsctl/stack': 'plant' } });
  expect(withOwner(owned, 'plant')).toBe(owned);
});
