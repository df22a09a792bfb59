import { describe, expect, it } from 'vitest';
import type { Address, AppliedResource, JsonObject } from '../../model/index.ts';
import { plainLifecycle } from '../../model/index.ts';
import { emptyRecord, type StackRecord } from '../state/stack-record.ts';
import { printDeployment, withoutObjects } from './print-deployment.ts';
import { readDeployment } from './read-deployment.ts';
import { addressOfUrn } from './urn.ts';

const key = { environment: 'lab', stack: 'plant-1' };
const fresh = JSON.stringify({ version: 3, deployment: { manifest: { version: 'v3.0.0' }, metadata: {} } });

const applied = (name: string, more: Partial<AppliedResource> = {}): AppliedResource => ({
  address: `plant-1/file/${name}` as Address,
  type: 'file',
  target: 'files',
  spec: { text: name, none: null },
  secrets: {},
  dependsOn: [],
  lifecycle: plainLifecycle,
  owner: 'ops',
  ...more,
});

const record: StackRecord = {
  ...emptyRecord(key, { lineage: 'l-1', salt: 'salt' }),
  resources: new Map(
    [
      applied('a', { dependsOn: ['plant-1/file/z' as Address, 'hq/file/x' as Address] }),
      applied('secret', { spec: { token: { $secret: 'env:TOKEN' } }, secrets: { 'env:TOKEN': 'hmac-sha256:1' } }),
      applied('z', { lifecycle: { protect: true, ignore: ['/text'], retainOnDelete: true } }),
    ].map((resource) => [resource.address, resource]),
  ),
  identities: new Map([['files', { directory: '/srv/files' }]]),
};

const printed = printDeployment(record, fresh, 'opsctl');

interface Deployment {
  readonly deployment: { readonly resources: readonly (JsonObject & { readonly urn: string })[] };
}

function edited(change: (deployment: JsonObject & { resources: JsonObject[] }) => object): string {
  const { deployment, ...rest } = JSON.parse(printed) as { deployment: JsonObject & { resources: JsonObject[] } };
  return JSON.stringify({ ...rest, deployment: { ...deployment, ...change(deployment) } });
}

describe('a deployment of Pulumi', () => {
  it('the records that were printed are read again, with lineage, salt and identities', () => {
    const read = readDeployment(printed, key, 'opsctl');
    if (!read.ok) throw new Error('It was refused.');
    const { resources, lineage, salt, identities, serial } = read.stack.record;
    expect({ resources, lineage, salt, identities }).toEqual({
      resources: record.resources,
      lineage: 'l-1',
      salt: 'salt',
      identities: record.identities,
    });
    expect(serial).toBeGreaterThan(0);
  });

  it('what an object waits for stands before it, and options of the life cycle are carried over', () => {
    const { deployment } = JSON.parse(printed) as Deployment;
    const own = deployment.resources.filter(({ urn }) => addressOfUrn(urn) !== null);
    expect(
      own.map(({ id, protect, retainOnDelete, ignoreChanges }) => ({ id, protect, retainOnDelete, ignoreChanges })),
    ).toEqual([
      { id: 'plant-1/file/z', protect: true, retainOnDelete: true, ignoreChanges: ['spec["text"]'] },
      { id: 'plant-1/file/a' },
      { id: 'plant-1/file/secret' },
    ]);
  });

  it('an object with a secret holds the reference and a digest, and waits for the salt of its stack', () => {
    const { deployment } = JSON.parse(printed) as Deployment;
    const secret = deployment.resources.find(({ id }) => id === 'plant-1/file/secret');
    const outputs = secret?.['outputs'] as JsonObject;
    expect({ spec: outputs['spec'], secrets: outputs['secrets'], waits: secret?.['propertyDependencies'] }).toEqual({
      spec: { token: { $secret: 'env:TOKEN' } },
      secrets: { 'env:TOKEN': 'hmac-sha256:1' },
      waits: { salt: ['urn:pulumi:lab.plant-1::opsctl::pulumi-nodejs:dynamic/opsctl:_stack::plant-1'] },
    });
  });

  it('what a refresh has seen is not what was applied', () => {
    const refreshed = edited(({ resources }) => ({
      resources: resources.map((resource) =>
        resource['id'] === 'plant-1/file/a'
          ? { ...resource, outputs: { ...(resource['outputs'] as JsonObject), spec: { text: 'by hand' } } }
          : resource,
      ),
    }));
    const read = readDeployment(refreshed, key, 'opsctl');
    expect(read.ok && read.stack.record.resources.get('plant-1/file/a' as Address)?.spec).toEqual({
      text: 'a',
      none: null,
    });
  });

  it('a stack that is not there yet is an empty state', () => {
    const read = readDeployment(null, key, 'opsctl');
    expect(read.ok && [read.stack.isBorn, read.stack.record.lineage, read.stack.record.serial]).toEqual([false, '', 0]);
  });

  it('resources of other programs are left alone, and stay when ours are taken out', () => {
    const other = { urn: 'urn:pulumi:lab.plant-1::opsctl::aws:s3/bucket:Bucket::logs', type: 'aws:s3/bucket:Bucket' };
    const mixed = edited(({ resources }) => ({ resources: [...resources, other] }));
    const read = readDeployment(mixed, key, 'opsctl');
    expect(read.ok && read.stack.objects.size).toBe(3);
    const left = JSON.parse(withoutObjects(mixed, (urn) => addressOfUrn(urn) !== null)) as Deployment;
    expect(left.deployment.resources.map(({ urn }) => urn.split('::')[2])).toEqual([
      'pulumi:pulumi:Stack',
      'pulumi:providers:pulumi-nodejs',
      'pulumi-nodejs:dynamic/opsctl:_stack',
      'aws:s3/bucket:Bucket',
    ]);
  });

  it('an object that is replaced already and still to be removed is no record', () => {
    const replaced = edited(({ resources }) => ({
      resources: resources.map((resource) =>
        resource['id'] === 'plant-1/file/a' ? { ...resource, delete: true } : resource,
      ),
    }));
    const read = readDeployment(replaced, key, 'opsctl');
    expect(read.ok && [...read.stack.record.resources.keys()]).toEqual(['plant-1/file/z', 'plant-1/file/secret']);
  });

  it.each([
    {
      name: 'operations without an outcome',
      text: edited(({ resources }) => ({ pending_operations: [{ type: 'creating', resource: resources[4] }] })),
      code: 'pulumi/pending-operations',
      detail: 'A run on stack plant-1 of lab was cut off during creating plant-1/file/a.',
    },
    {
      name: 'another project',
      text: printDeployment(record, fresh, 'elsewhere'),
      code: 'pulumi/other-project',
      detail: 'The resources of stack plant-1 of lab are those of project elsewhere, and the project here is opsctl.',
    },
    {
      name: 'another stack under this name',
      text: printDeployment({ ...record, key: { ...key, environment: 'production' } }, fresh, 'opsctl').replaceAll(
        'production.plant-1',
        'lab.plant-1',
      ),
      code: 'pulumi/other-stack',
      detail: 'The record in stack plant-1 of lab says that it is stack plant-1 of production.',
    },
    {
      name: 'what is no deployment',
      text: '[]',
      code: 'pulumi/cannot-read',
      detail: 'What was last applied for stack plant-1 of lab is not known: it is no deployment.',
    },
  ])('$name: $code', ({ text, code, detail }) => {
    const read = readDeployment(text, key, 'opsctl');
    expect(read.ok ? [] : read.diagnostics.map((found) => [found.code, found.detail])).toEqual([[code, detail]]);
  });
});
