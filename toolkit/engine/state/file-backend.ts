import { dirname, join } from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { type DurableFiles, durableFiles } from '../../host/durable-files.ts';
import { parseAddress } from '../../model/index.ts';
import { createFileLockRegister, isLockFile } from './file-lock-register.ts';
import type { Generation, StackKey, StackStore, StateBackend } from './state-backend.ts';

/** States as files: `<root>/<environment>/<stack>/{state.json, journal.jsonl, history.jsonl, lock.N.json}`, readable by this user only. */
export function createFileBackend(root: string, files: DurableFiles = durableFiles): StateBackend {
  return {
    description: `files under ${root}`,
    listStacks: (environment) => stacksHolding(isStateFile, join(root, environment), files),
    listTouched: (environment) =>
      stacksHolding((name) => isStateFile(name) || isLockFile(name), join(root, environment), files),
    open: (key) => openStackStore(root, key, files),
  };
}

const stateNames: Readonly<Record<Generation, string>> = { latest: 'state.json', previous: 'state.previous.json' };
const journalNames: Readonly<Record<Generation, string>> = {
  latest: 'journal.jsonl',
  previous: 'journal.previous.jsonl',
};

/** Never rotated: who applied what, and by whose approval, outlives every state. */
const historyName = 'history.jsonl';
const newline = 0x0a;

/** A journal alone counts: the state beside it is lost, and somebody should be told. */
function isStateFile(name: string): boolean {
  return [stateNames, journalNames].some(({ latest, previous }) => name === latest || name === previous);
}

async function stacksHolding(
  wanted: (name: string) => boolean,
  directory: string,
  files: DurableFiles,
): Promise<readonly string[]> {
  // What cannot be the name of a stack is something else: `.DS_Store`, `lost+found`.
  const names = (await files.list(directory)).filter((name) => parseAddress(`${name}/type/name`) !== null);
  const found = await Promise.all(names.map((name) => holds(wanted, join(directory, name), files)));
  return names.filter((_, index) => found[index]).sort();
}

/** True for a folder that cannot be looked into: it may hold what is wanted, and opening it tells why nobody can say. */
async function holds(wanted: (name: string) => boolean, folder: string, files: DurableFiles): Promise<boolean> {
  try {
    return (await files.list(folder)).some(wanted);
  } catch (error) {
    if (error instanceof Failure) return true;
    throw error;
  }
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
      // As with the state, a second name first: a journal that is missing was taken away, and never a run that was killed.
      if (await isThere(journalNames.latest))
        await files.keepAs(path(journalNames.latest), path(journalNames.previous));
      await files.replace(path(journalNames.latest), firstLines);
    },
    async openJournal(length) {
      await files.makeDirectory(directory);
      return await files.openAppend(path(journalNames.latest), length);
    },
    readHistory: () => files.read(path(historyName)),
    async appendHistory(line) {
      await files.makeDirectory(directory);
      const before = await files.read(path(historyName));
      const isTorn = before !== null && before.length > 0 && before.at(-1) !== newline;
      const file = await files.openAppend(path(historyName), Number.MAX_SAFE_INTEGER);
      try {
        await file.append(`${isTorn ? '\n' : ''}${line}`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async keepAside(label) {
      const kept: string[] = [];
      for (const name of [stateNames, journalNames].flatMap(({ latest, previous }) => [latest, previous])) {
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
