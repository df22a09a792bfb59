import { dirname, join } from 'node:path';
import { type DurableFiles, durableFiles } from '../../host/durable-files.ts';
import { createFileLockRegister } from './file-lock-register.ts';
import type { Generation, StackKey, StackStore, StateBackend } from './state-backend.ts';

/** States as files: `<root>/<environment>/<stack>/{state.json, journal.jsonl, lock.N.json}`, readable by this user only. */
export function createFileBackend(root: string, files: DurableFiles = durableFiles): StateBackend {
  return {
    description: `files under ${root}`,
    async listStacks(environment) {
      const names = await files.list(join(root, environment));
      const found = await Promise.all(names.map((name) => holdsState(join(root, environment, name), files)));
      return names.filter((_, index) => found[index]).sort();
    },
    open: (key) => openStackStore(root, key, files),
  };
}

const stateNames: Readonly<Record<Generation, string>> = { latest: 'state.json', previous: 'state.previous.json' };
const journalNames: Readonly<Record<Generation, string>> = {
  latest: 'journal.jsonl',
  previous: 'journal.previous.jsonl',
};

async function holdsState(directory: string, files: DurableFiles): Promise<boolean> {
  const names = await files.list(directory).catch(() => []); // A stray file among the folders.
  return names.some((name) => name === stateNames.latest || name === stateNames.previous);
}

function openStackStore(root: string, key: StackKey, files: DurableFiles): StackStore {
  const directory = join(root, key.environment, key.stack);
  if (dirname(dirname(directory)) !== join(root)) throw new Error(`Bug: ${JSON.stringify(key)} is no name of a stack.`);
  const path = (name: string) => join(directory, name);
  const isThere = async (name: string) => (await files.list(directory)).includes(name);
  return {
    key,
    location: directory,
    readState: (generation) => files.read(path(stateNames[generation])),
    async writeState(content, { keepPrevious } = { keepPrevious: false }) {
      await files.makeDirectory(directory);
      // A second name first: between the two steps both generations are the former state, and none is missing.
      if (!keepPrevious && (await isThere(stateNames.latest)))
        await files.keepAs(path(stateNames.latest), path(stateNames.previous));
      await files.replace(path(stateNames.latest), content);
    },
    readJournal: (generation) => files.read(path(journalNames[generation])),
    async rotateJournal(firstLines) {
      await files.makeDirectory(directory);
      if (await isThere(journalNames.latest)) await files.move(path(journalNames.latest), path(journalNames.previous));
      await files.replace(path(journalNames.latest), firstLines);
    },
    async openJournal(length) {
      await files.makeDirectory(directory);
      return await files.openAppend(path(journalNames.latest), length);
    },
    async keepAside(label) {
      const kept: string[] = [];
      for (const name of [stateNames.latest, journalNames.latest]) {
        if (!(await isThere(name))) continue;
        const copy = path(`${label}.${name}`);
        await files.keepAs(path(name), copy);
        kept.push(copy);
      }
      return kept;
    },
    lock: createFileLockRegister(directory, files),
  };
}
