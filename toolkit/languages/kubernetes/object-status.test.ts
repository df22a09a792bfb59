import { describe, expect, it } from 'vitest';
import type { Manifest } from './manifest.ts';
import { objectStatus } from './object-status.ts';

const deployment = (status: Manifest, spec: Manifest = { replicas: 3 }): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { generation: 2 },
  spec,
  status: { observedGeneration: 2, ...status },
});
const custom = (conditions: readonly Manifest[], metadata: Manifest = {}): Manifest => ({
  apiVersion: 'example.org/v1',
  kind: 'Thing',
  metadata,
  status: { conditions },
});

describe('an object has become what it was declared to be', () => {
  it.each<{ name: string; live: Manifest; is: string }>([
    {
      name: 'a ConfigMap that is there',
      live: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
      is: 'current: it is in place',
    },
    {
      name: 'a Deployment that nobody has looked at',
      live: { ...deployment({}), status: {} },
      is: 'in-progress: no controller has looked at it yet',
    },
    {
      name: 'a Deployment whose former version was looked at',
      live: deployment({ observedGeneration: 1 }),
      is: 'in-progress: its controller has not seen the present version yet',
    },
    {
      name: 'a Deployment that comes up',
      live: deployment({ replicas: 3, updatedReplicas: 3, availableReplicas: 2 }),
      is: 'in-progress: 2 of 3 replicas are available',
    },
    {
      name: 'a Deployment with replicas left over',
      live: deployment({ replicas: 4, updatedReplicas: 3, availableReplicas: 3 }),
      is: 'in-progress: 1 former replicas are still there',
    },
    {
      name: 'a Deployment that is up',
      live: deployment({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 }),
      is: 'current: 3 of 3 replicas are available',
    },
    {
      name: 'a Deployment that got nowhere in its time',
      live: deployment({
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' },
        ],
      }),
      is: 'failed: ProgressDeadlineExceeded: timed out',
    },
    {
      name: 'a Job that failed',
      live: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {},
        status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
      },
      is: 'failed: BackoffLimitExceeded',
    },
    {
      name: 'a definition whose names are taken',
      live: {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: {},
        status: { conditions: [{ type: 'NamesAccepted', status: 'False', reason: 'PluralConflict' }] },
      },
      is: 'failed: its names are not accepted (PluralConflict)',
    },
    {
      name: 'a custom resource that says it is ready',
      live: custom([{ type: 'Ready', status: 'True' }]),
      is: 'current: it is in place',
    },
    {
      name: 'a custom resource that says why it is not',
      live: custom([{ type: 'Ready', status: 'False', reason: 'NoQuota', message: 'none left' }]),
      is: 'in-progress: it is not ready (NoQuota: none left)',
    },
    {
      name: 'a custom resource that is stuck',
      live: custom([{ type: 'Stalled', status: 'True', reason: 'Broken' }]),
      is: 'failed: Broken',
    },
    {
      name: 'an object that is on its way out',
      live: custom([], { deletionTimestamp: '2026-11-21T00:00:00Z', finalizers: ['example.org/hold'] }),
      is: 'in-progress: it is being deleted, which waits for example.org/hold',
    },
  ])('$name: $is', ({ live, is }) => {
    const { state, reason } = objectStatus(live);
    expect(`${state}: ${reason}`).toBe(is);
  });
});
