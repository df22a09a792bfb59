import { describe, expect, it } from 'vitest';
import type { JsonObject, Resource } from '../model/index.ts';
import { aResource } from '../testing/policy-input.ts';
import type { Reconciler } from './reconciler.ts';
import { renderManifests } from './render-manifests.ts';

const kubectl: Reconciler = { tool: 'kubectl' };
const flux: Reconciler = { tool: 'flux', source: 'fleet', path: 'clusters/plant-1', namespace: 'flux-system' };
const argocd: Reconciler = {
  tool: 'argocd',
  source: 'https://git.example/fleet.git',
  path: '',
  revision: 'main',
  namespace: 'argocd',
  cluster: 'plant-1',
};
const namespace = anObject('v1', 'Namespace', { name: 'monitoring' });
const config = anObject('v1', 'ConfigMap', { name: 'a', namespace: 'monitoring' }, { data: { key: 'value' } });
const rules = anObject('monitoring.coreos.com/v1', 'PrometheusRule', { name: 'b', namespace: 'monitoring' });

describe('objects of a cluster as files', () => {
  it('are one each, in folders that sort as they are applied, with the label of their stack', () => {
    const { files, objects, diagnostics } = renderManifests([rules, config, namespace], kubectl);
    expect({ objects, diagnostics }).toEqual({ objects: 3, diagnostics: [] });
    expect(files.map(({ path }) => path)).toEqual([
      'plant-1/10-namespaces/namespace.monitoring.yaml',
      'plant-1/40-config/configmap.monitoring.a.yaml',
      'plant-1/70-custom/prometheusrule.monitoring.b.yaml',
    ]);
    expect(files[1]?.text).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  namespace: monitoring
  labels:
    opsctl/stack: plant-1
data:
  key: value
`);
  });

  it('are the same bytes whatever the order in which they are given', () => {
    expect(renderManifests([config, rules, namespace], flux)).toEqual(
      renderManifests([namespace, rules, config], flux),
    );
  });

  it('keep their place when another phase comes or goes', () => {
    const pathsOf = (objects: readonly Resource[]) => renderManifests(objects, kubectl).files.map(({ path }) => path);
    expect(pathsOf([rules])).toEqual(pathsOf([rules, namespace]).slice(1));
  });

  it('leave out what is no object of a cluster', () => {
    const record = aResource('plant-1/cmdb-record/x', { target: 'cmdb' });
    expect(renderManifests([record, config], kubectl).files).toHaveLength(1);
  });
});

describe('for Flux', () => {
  it('each phase is a Kustomization that waits for the one before it, and prunes', () => {
    const { files } = renderManifests([namespace, config], flux);
    expect(files.map(({ path }) => path)).toEqual([
      'plant-1/10-namespaces/kustomization.yaml',
      'plant-1/10-namespaces/namespace.monitoring.yaml',
      'plant-1/40-config/configmap.monitoring.a.yaml',
      'plant-1/40-config/kustomization.yaml',
      'plant-1/flux/10-namespaces.yaml',
      'plant-1/flux/40-config.yaml',
      'plant-1/flux/kustomization.yaml',
    ]);
    expect(textOf(files, 'plant-1/40-config/kustomization.yaml')).toBe(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - configmap.monitoring.a.yaml
`);
    expect(textOf(files, 'plant-1/flux/40-config.yaml')).toBe(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: plant-1-config
  namespace: flux-system
  labels:
    opsctl/stack: plant-1
spec:
  dependsOn:
    - name: plant-1-namespaces
  interval: 10m
  retryInterval: 1m
  timeout: 5m
  sourceRef:
    kind: GitRepository
    name: fleet
  path: ./clusters/plant-1/plant-1/40-config
  prune: true
  wait: true
`);
  });
});

describe('for Argo CD', () => {
  it('each object has its wave, and each stack an Application', () => {
    const { files } = renderManifests([config], argocd);
    expect(textOf(files, 'plant-1/40-config/configmap.monitoring.a.yaml')).toContain(
      '  annotations:\n    argocd.argoproj.io/sync-wave: "40"\n',
    );
    expect(textOf(files, 'applications/plant-1.yaml')).toBe(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: plant-1
  namespace: argocd
  labels:
    opsctl/stack: plant-1
spec:
  project: default
  source:
    repoURL: https://git.example/fleet.git
    targetRevision: main
    path: plant-1
    directory:
      recurse: true
  destination:
    name: plant-1
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - ServerSideApply=true
      - PruneLast=true
`);
  });
});

describe('what no file may hold', () => {
  const reference = { $secret: 'env:WECOM' };
  it('is a Secret with a reference: it is left out and told with its keys', () => {
    const secret = anObject(
      'v1',
      'Secret',
      { name: 's', namespace: 'm' },
      { stringData: { 'env-WECOM': reference, a: 'b' } },
    );
    const { files, objects, diagnostics } = renderManifests([config, secret], kubectl);
    expect({ files: files.length, objects }).toEqual({ files: 1, objects: 1 });
    expect(diagnostics).toMatchObject([
      {
        code: 'manifests/secret-left-out',
        severity: 'warning',
        detail: 'Secret m/s is not rendered: whoever reads the files would read env-WECOM (env:WECOM).',
      },
    ]);
  });

  it('is a reference in any other object, which is a mistake: nothing is rendered', () => {
    const wrong = anObject('v1', 'ConfigMap', { name: 's', namespace: 'm' }, { data: { key: reference } });
    const { files, diagnostics } = renderManifests([config, wrong], kubectl);
    expect(files).toEqual([]);
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'manifests/secret-in-object error',
    ]);
  });

  it('is nothing at all, where no stack is at home in a cluster', () => {
    const record = aResource('plant-1/cmdb-record/x', { target: 'cmdb' });
    expect(renderManifests([record], kubectl).diagnostics).toMatchObject([
      { code: 'manifests/no-objects', detail: 'None of plant-1 has an object of a cluster.' },
    ]);
  });
});

function anObject(apiVersion: string, kind: string, metadata: JsonObject, rest: JsonObject = {}): Resource {
  const name = [kind.toLowerCase(), metadata.namespace, metadata.name].filter((word) => word !== undefined).join('.');
  const address = `plant-1/kubernetes-object/${name}`;
  return aResource(address, { target: 'kubernetes', spec: { apiVersion, kind, metadata, ...rest } });
}

function textOf(files: readonly { readonly path: string; readonly text: string }[], path: string): string | undefined {
  return files.find((file) => file.path === path)?.text;
}
