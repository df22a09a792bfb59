import * as pulumi from '@pulumi/pulumi';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Address, plainLifecycle } from '../../model/index.ts';
import { type ObjectToRegister, registerObjects } from './register-objects.ts';

const registered: pulumi.runtime.MockResourceArgs[] = [];
const requests = new Map<string, RegisterRequest>();

/** What is sent to the engine's resource monitor, as far as it is looked at here. */
interface RegisterRequest {
  getName(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
  getAliasesList(): { getSpec(): { getName(): string } }[];
}

beforeEach(async () => {
  registered.length = 0;
  requests.clear();
  await pulumi.runtime.setMocks(
    {
      newResource(args) {
        registered.push(args);
        return {
          id: args.name,
          state: { ...args.inputs, ...(args.type.endsWith('_stack') && { salt: 'salt-of-the-stack' }) },
        };
      },
      call: () => ({}),
    },
    'opsctl',
    'lab.plant',
    false,
  );
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
  };
  const answer = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    requests.set(request.getName(), request);
    return answer(request, callback);
  };
});

const object = (name: string, more: Partial<ObjectToRegister> = {}): ObjectToRegister => ({
  environment: 'lab',
  address: `plant/file/${name}` as Address,
  type: 'file',
  target: 'files',
  owner: 'ops',
  spec: { text: name },
  dependsOn: [],
  lifecycle: plainLifecycle,
  aliases: [],
  binding: null,
  ...more,
});

async function register(...objects: readonly ObjectToRegister[]): Promise<readonly pulumi.runtime.MockResourceArgs[]> {
  const resources = await registerObjects({ environment: 'lab', stack: 'plant', objects });
  await Promise.all([...resources.values()].map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
  return registered;
}

const providerImport =
  'exports.handler = () => require("node:module").createRequire(process.cwd() + "/Pulumi.yaml")("opsctl/pulumi/provider").provider("object");';

describe('what a program registers', () => {
  it('the record of the stack, and each object under its address with a provider that is an import and a name', async () => {
    const found = await register(object('motd'));
    expect(found.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
      {
        type: 'pulumi-nodejs:dynamic/opsctl:_stack',
        name: 'plant',
        inputs: { __provider: providerImport.replace('"object"', '"stack"'), environment: 'lab', stack: 'plant' },
      },
      {
        type: 'pulumi-nodejs:dynamic/opsctl:file',
        name: 'plant/file/motd',
        inputs: {
          __provider: providerImport,
          environment: 'lab',
          address: 'plant/file/motd',
          target: 'files',
          owner: 'ops',
          spec: { text: 'motd' },
          dependsOn: [],
          lifecycle: { protect: false, ignore: [], retainOnDelete: false },
        },
      },
    ]);
  });

  it('a life cycle becomes options of the resource', async () => {
    const lifecycle = { protect: true, retainOnDelete: true, ignore: ['/text'] };
    await register(object('kept', { lifecycle, aliases: ['plant/file/former' as Address] }));
    const request = requests.get('plant/file/kept');
    expect({
      protect: request?.getProtect(),
      retainOnDelete: request?.getRetainondelete(),
      ignoreChanges: request?.getIgnorechangesList(),
      aliases: request?.getAliasesList().map((alias) => alias.getSpec().getName()),
    }).toEqual({
      protect: true,
      retainOnDelete: true,
      ignoreChanges: ['spec["text"]'],
      aliases: ['plant/file/former'],
    });
  });

  it('an object waits for what it depends on, in whatever order they are given', async () => {
    const found = await register(
      object('a', { dependsOn: ['plant/file/z' as Address, 'hq/file/x' as Address] }),
      object('z'),
    );
    expect(found.map(({ name }) => name)).toEqual(['plant', 'plant/file/z', 'plant/file/a']);
    expect(requests.get('plant/file/a')?.getDependenciesList()).toEqual([expect.stringContaining('::plant/file/z')]);
  });

  it('a secret stays a reference, and only an object that names one knows the salt', async () => {
    const found = await register(object('open'), object('token', { spec: { token: { $secret: 'env:TOKEN' } } }));
    const inputs = new Map(found.map(({ name, inputs: given }) => [name, given]));
    expect(inputs.get('plant/file/token')).toMatchObject({
      salt: 'salt-of-the-stack',
      spec: { token: { $secret: 'env:TOKEN' } },
    });
    expect(inputs.get('plant/file/open')).not.toHaveProperty('salt');
  });
});
