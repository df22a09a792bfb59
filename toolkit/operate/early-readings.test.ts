import { describe, expect, it } from 'vitest';
import { Failure } from '../diagnostics/index.ts';
import type { Address, AppliedResource, Provider } from '../model/index.ts';
import { plainResource, stateOf, testTypes } from '../testing/arbitraries.ts';
import { createMapStore, createMemoryTarget, memoryBinding, placeOf } from '../testing/memory-target.ts';
import { EarlyReadings } from './early-readings.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

const address = (stack: string) => `${stack}/note/one` as Address;

function recordOf(stack: string): AppliedResource {
  const { aliases: _, source: __, derivation: ___, ...record } = plainResource(address(stack), { spec: { text: 'a' } });
  return { ...record, secrets: {} };
}

const east = recordOf('east');
const west = recordOf('west');

/** Both stacks have one object, which was edited by hand since. */
async function editedTarget() {
  const store = createMapStore();
  const target = createMemoryTarget({ types: testTypes, staging: 'direct', store });
  for (const { address, type, spec } of [east, west])
    await store.set(placeOf({ address, type, spec }, testTypes), { text: 'edited' });
  return target;
}

function readingsOf(provider: Provider) {
  const states = [east, west].map((record) => {
    const state = stateOf(record.address.split('/')[0] ?? '', [record]);
    return [state.stack, { ok: true, loaded: { state } }] as const;
  });
  return new EarlyReadings({
    root: '/nowhere',
    bindings: [memoryBinding('east'), memoryBinding('west')],
    providers: [provider],
    recordedStates: async () => new Map(states),
  });
}

function asked({ address, type, target, spec }: AppliedResource) {
  return { target, reference: { address, type, spec } };
}

const edited = { state: 'present', spec: { text: 'edited' } };

describe('early readings', () => {
  it('hold what the target held when they were begun', async () => {
    const { provider, calls } = await editedTarget();
    const readings = readingsOf(provider);
    readings.begin([]);
    const found = await readings.of([asked(east), asked(west)]);
    expect([...found]).toMatchObject([
      [east.address, edited],
      [west.address, edited],
    ]);
    expect(calls.map(({ operation }) => operation)).toEqual(['read', 'read']);
  });

  it('open what is bound, so that what it needs is loaded before anything is recorded', async () => {
    const { provider } = await editedTarget();
    const opened: string[] = [];
    const readings = new EarlyReadings({
      root: '/nowhere',
      bindings: [memoryBinding('east'), memoryBinding('west')],
      providers: [
        {
          ...provider,
          open(binding, context) {
            opened.push(binding.stack);
            return provider.open(binding, context);
          },
        },
      ],
      recordedStates: async () => new Map(),
    });
    readings.begin(['west']);
    await readings.of([]);
    expect(opened).toEqual(['west']);
  });

  it('are of the stacks that were named', async () => {
    const { provider } = await editedTarget();
    const readings = readingsOf(provider);
    readings.begin(['west']);
    expect([...(await readings.of([asked(east), asked(west)])).keys()]).toEqual([west.address]);
  });

  it('are none before they were begun', async () => {
    const { provider, calls } = await editedTarget();
    expect(await readingsOf(provider).of([asked(east)])).toEqual(new Map());
    expect(calls).toEqual([]);
  });

  it.each([
    { name: 'in another target', wish: { ...asked(east), target: 'tape' } },
    { name: 'with another spec', wish: asked({ ...east, spec: { text: 'b' } }) },
    { name: 'of another type', wish: asked({ ...east, type: 'other' }) },
  ])('are not given for an object $name', async ({ wish }) => {
    const { provider } = await editedTarget();
    const readings = readingsOf(provider);
    readings.begin([]);
    expect(await readings.of([wish])).toEqual(new Map());
  });

  it('leave a target that refuses to whoever asks it again', async () => {
    const { provider } = await editedTarget();
    const readings = readingsOf({
      ...provider,
      open(binding, context) {
        if (binding.stack === 'west') return provider.open(binding, context);
        throw new Failure(operateDiagnostics.create('target-unbound', { stack: 'east', target: 'disk' }));
      },
    });
    readings.begin([]);
    expect([...(await readings.of([asked(east), asked(west)])).keys()]).toEqual([west.address]);
  });

  it('do not hide a bug', async () => {
    const { provider } = await editedTarget();
    const broken = () => {
      throw new TypeError('a bug');
    };
    const readings = readingsOf({ ...provider, open: broken });
    readings.begin([]);
    await expect(readings.of([asked(east)])).rejects.toThrow('a bug');
  });
});
