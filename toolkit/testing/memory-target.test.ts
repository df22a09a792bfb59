import { makeAddress } from '../model/index.ts';
import { describeProvider, type ProviderSample } from './describe-provider.ts';
import {
  createMapStore,
  createMemoryTarget,
  malformedObject,
  memoryBinding,
  type ObjectStore,
  placeOf,
} from './memory-target.ts';

const types = new Map([['thing', { type: 'thing', canonical: (spec: ProviderSample['spec']) => spec }]]);

// The laws about the engine are shown with this fake, so it must be a provider like the real ones.
for (const staging of ['direct', 'deferred'] as const) {
  let store: ObjectStore = createMapStore();
  const delegate: ObjectStore = {
    get: (place) => store.get(place),
    set: (place, spec) => store.set(place, spec),
    delete: (place) => store.delete(place),
    places: () => store.places(),
  };
  describeProvider(`memory, with ${staging} staging`, {
    provider: createMemoryTarget({ types, staging, store: delegate }).provider,
    samples: [sample('one'), sample('two')],
    async open() {
      store = createMapStore();
      const all = async () => Promise.all((await store.places()).map(async (place) => [place, await store.get(place)]));
      return {
        binding: memoryBinding('plant'),
        contents: all,
        fingerprint: all,
        changeByHand: (object) => store.set(placeOf(object, types), { by: 'hand' }),
        breakByHand: (object) => store.set(placeOf(object, types), malformedObject),
        close: async () => {},
      };
    },
  });
}

function sample(name: string): ProviderSample {
  const address = makeAddress({ stack: 'plant', type: 'thing', name });
  return { address, type: 'thing', spec: { level: 1 }, changedSpec: { level: 2 } };
}
