import { describe } from 'vitest';
import { type JsonObject, makeAddress } from '../../../toolkit/model/index.ts';
import { kubernetesProvider } from '../../../toolkit/providers/kubernetes/index.ts';
import { describeProvider, type TargetUnderTest } from '../../../toolkit/testing/index.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

/** Objects that name no namespace: they go to that of the binding, which is another one for each test. */
function sample(kind: string, name: string, before: JsonObject, after: JsonObject) {
  const manifest = (fields: JsonObject) => ({
    apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
    kind,
    metadata: { name },
    ...fields,
  });
  return {
    address: makeAddress({ stack: 'plant', type: 'kubernetes-object', name: `${kind.toLowerCase()}.${name}` }),
    type: 'kubernetes-object',
    spec: manifest(before),
    changedSpec: manifest(after),
  };
}

const deployment = (image: string, cpu: string): JsonObject => ({
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'gate' } },
    template: {
      metadata: { labels: { app: 'gate' } },
      spec: {
        containers: [
          {
            name: 'gate',
            image,
            args: ['--port', '8080'],
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu, memory: '0.5Gi' } },
          },
        ],
      },
    },
  },
});

describe.skipIf(!kubernetes.available)(kubernetes.title('on a real API server'), () => {
  const cluster = clusterForSuite();

  describeProvider('kubernetes', {
    provider: kubernetesProvider,
    open: openNamespace,
    samples: [
      sample(
        'ConfigMap',
        'motd',
        { data: { text: 'Welcome.' } },
        { data: { text: 'Maintenance tonight.', more: 'x' } },
      ),
      sample('ConfigMap', 'empty', { data: { a: '' } }, {}),
      sample(
        'Secret',
        'key',
        { stringData: { a: '泵', b: 'y' } },
        { stringData: { a: '泵', c: 'z' }, data: { d: 'eA==' } },
      ),
      // The server spells these quantities otherwise, and adds a screen of defaults.
      sample('Deployment', 'gate', deployment('gate:1', '0.5'), deployment('gate:2', '1500m')),
    ],
  });

  async function openNamespace(): Promise<TargetUnderTest> {
    const namespace = await cluster().newNamespace();
    const paths = ['/api/v1', '/api/v1', '/apis/apps/v1'].map((root, index) => {
      const plural = ['configmaps', 'secrets', 'deployments'][index];
      return `${root}/namespaces/${namespace}/${plural}`;
    });
    const contents = async () => {
      const lists = await Promise.all(paths.map((path) => cluster().call('GET', path)));
      return lists.flatMap(({ body }) => body.items);
    };
    return {
      binding: {
        stack: 'plant',
        target: 'kubernetes',
        provider: 'kubernetes',
        settings: { kubeconfig: cluster().adminFile, namespace },
      },
      contents,
      fingerprint: async () => (await contents()).map(({ metadata }) => [metadata.uid, metadata.resourceVersion]),
      async changeByHand({ spec }) {
        const { kind, metadata } = spec as { kind: string; metadata: { name: string } };
        const path = paths[['ConfigMap', 'Secret', 'Deployment'].indexOf(kind)];
        const patches: Readonly<Record<string, object>> = {
          ConfigMap: { data: { text: 'by hand', a: 'by hand' } },
          Secret: { stringData: { a: 'by hand' } },
          Deployment: { spec: { replicas: 7 } },
        };
        const { status } = await cluster().call(
          'PATCH',
          `${path}/${metadata.name}?fieldManager=kubectl-edit`,
          patches[kind],
          { contentType: 'application/merge-patch+json' },
        );
        if (status !== 200) throw new Error(`Changing by hand failed with status ${status}.`);
      },
      close: async () => undefined,
    };
  }
});
