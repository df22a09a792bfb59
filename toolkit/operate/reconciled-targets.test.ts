import { expect, it } from 'vitest';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import type { AppliedResource, Resource } from '../model/index.ts';
import { aResource } from '../testing/policy-input.ts';
import type { Repository } from './contract.ts';
import { leaveToControllers } from './reconciled-targets.ts';

const config = anObject('configmap.m.a', { data: { key: 'value' } });
const secret = anObject('secret.m.s', { stringData: { key: { $secret: 'env:X' } } });
const record = aResource('plant-1/cmdb-record/x', { target: 'cmdb' });
const former: AppliedResource = { ...config, address: anObject('configmap.m.old', {}).address, secrets: {} };
const desired = [config, secret, record];

it('a plan leaves to a controller what it applies, and what was applied from here before', () => {
  const left = leaveToControllers(bound('flux'), { desired, loaded: [loadedWith(former, record)] }, new Map(), false);
  expect(left.desired).toEqual([record]);
  expect(addressesIn(left.loaded)).toEqual([record.address]);
  expect(left.diagnostics).toMatchObject([
    {
      code: 'operate/reconciled-elsewhere',
      severity: 'notice',
      subject: 'plant-1/kubernetes',
      detail: '1 object of kubernetes of plant-1 is not planned: flux applies what is rendered.',
    },
  ]);
});

it('an audit compares it with what is rendered, which no Secret with references is', () => {
  const audit = leaveToControllers(bound('argocd'), { desired, loaded: [loadedWith(former)] }, new Map(), true);
  expect(audit.desired).toEqual([record, config]);
  expect(addressesIn(audit.loaded)).toEqual([config.address]);
  expect(audit.diagnostics).toEqual([]);
});

it('without a controller everything stays as it is', () => {
  const loaded = [loadedWith(former)];
  expect(leaveToControllers(bound(undefined), { desired, loaded }, new Map(), false)).toEqual({
    desired,
    loaded,
    diagnostics: [],
  });
});

function anObject(name: string, spec: Resource['spec']): Resource {
  return aResource(`plant-1/kubernetes-object/${name}`, { target: 'kubernetes', spec });
}

function bound(reconciledBy: string | undefined): Repository {
  const settings = reconciledBy === undefined ? {} : { reconciledBy };
  const binding = { stack: 'plant-1', target: 'kubernetes', provider: 'kubernetes', settings };
  const boundAt = () => ({ file: 'stacks/bindings/lab.yaml', line: 1, column: 1 });
  return { bindings: { environment: 'lab', targets: [binding], addresses: {}, speed: 1 }, boundAt } as never;
}

function loadedWith(...records: readonly Pick<AppliedResource, 'address' | 'target'>[]): LoadedStack {
  return { state: { stack: 'plant-1', resources: new Map(records.map((one) => [one.address, one])) } } as never;
}

function addressesIn(loaded: readonly LoadedStack[]): readonly string[] {
  return loaded.flatMap(({ state }) => [...state.resources.keys()]);
}
