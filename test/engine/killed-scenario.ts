import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileBackend } from '../../toolkit/engine/state/file-backend.ts';
import { writeFileAtomically } from '../../toolkit/host/atomic-write.ts';
import { type DurableFiles, durableFiles } from '../../toolkit/host/durable-files.ts';
import { makeAddress, type Resource } from '../../toolkit/model/index.ts';
import type { Bench } from '../../toolkit/testing/apply-harness.ts';
import { plainResource, testTypes } from '../../toolkit/testing/arbitraries.ts';
import { createMemoryTarget, type ObjectStore } from '../../toolkit/testing/memory-target.ts';

export type Staging = 'direct' | 'deferred';

/** What a killed apply works on: a state folder, a folder of objects, and an endpoint that loads them. */
export function benchIn(
  root: string,
  staging: Staging,
  reloadUrl: string,
  files: DurableFiles = durableFiles,
  store: ObjectStore = createFolderStore(join(root, 'objects')),
): Bench & { readonly store: ObjectStore } {
  const reload = async () => {
    const response = await fetch(reloadUrl, { method: 'POST', body: root });
    if (!response.ok) throw new Error(`The reload answered ${response.status}.`);
  };
  const target = createMemoryTarget({ types: testTypes, staging, store, reload });
  const backend = createFileBackend(join(root, 'state'), files);
  return { backend, providers: [target.provider], types: testTypes, stacks: ['east', 'west'], store };
}

/** What is declared first, and then: every kind of change there is, over two stacks, with edges between them. */
export const declared: readonly [readonly Resource[], readonly Resource[]] = [
  [
    note('east', 'kept', 'main/kept'),
    note('east', 'changed', 'main/changed', 1),
    note('east', 'moved', 'main/moved', 1),
    note('east', 'former', 'main/renamed', 1),
    note('east', 'gone', 'main/gone'),
    note('west', 'gone', 'main/west-gone'),
    note('west', 'changed', 'main/west-changed', 1),
  ],
  [
    note('east', 'kept', 'main/kept'),
    note('east', 'changed', 'main/changed', 2),
    note('east', 'moved', 'other/moved', 1, { dependsOn: [addressOf('east', 'changed')] }),
    note('east', 'renamed', 'main/renamed', 2, { aliases: [addressOf('east', 'former')] }),
    note('east', 'new', 'main/new', 1, { dependsOn: [addressOf('east', 'moved')] }),
    note('west', 'changed', 'main/west-changed', 2, { dependsOn: [addressOf('east', 'new')] }),
    note('west', 'new', 'main/west-new'),
  ],
];

/** Objects as files of one folder, so that they outlive the process that makes them. */
export function createFolderStore(folder: string): ObjectStore {
  const pathOf = (place: string) => join(folder, `${encodeURIComponent(place)}.json`);
  return {
    get: async (place) => JSON.parse(await readFile(pathOf(place), 'utf8').catch(() => 'null')),
    async set(place, spec) {
      await mkdir(folder, { recursive: true });
      await writeFileAtomically(pathOf(place), JSON.stringify(spec));
    },
    delete: (place) => rm(pathOf(place), { force: true }),
    async places() {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => name.endsWith('.json'))
        .map((name) => decodeURIComponent(name.slice(0, -5)))
        .sort();
    },
  };
}

function note(stack: string, name: string, path: string, level = 0, more: Partial<Resource> = {}): Resource {
  return plainResource(addressOf(stack, name), { spec: { path, level, token: { $secret: 'env:TOKEN' } }, ...more });
}

function addressOf(stack: string, name: string) {
  return makeAddress({ stack, type: 'note', name });
}
