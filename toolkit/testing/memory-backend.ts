import type {
  Generation,
  LockCell,
  LockRegister,
  StackKey,
  StackStore,
  StateBackend,
} from '../engine/state/state-backend.ts';

export interface MemoryBackend extends StateBackend {
  /** The same content, with nobody holding a lock: what is left when the process dies now. */
  fork(): MemoryBackend;
}

/** A backend that forgets everything with the process. */
export function createMemoryBackend(): MemoryBackend {
  return backendOf(new Map());
}

function backendOf(stores: Map<string, MemoryStore>): MemoryBackend {
  return {
    description: 'memory',
    listStacks: (environment) => stacksWhere(stores, environment, holdsState),
    listTouched: (environment) =>
      stacksWhere(
        stores,
        environment,
        async (store) => (await holdsState(store)) || (await store.lock.read()).version > 0,
      ),
    open(key) {
      const name = `${key.environment}/${key.stack}`;
      const store = stores.get(name) ?? createMemoryStore(key);
      stores.set(name, store);
      return store;
    },
    fork: () => backendOf(new Map([...stores].map(([name, store]) => [name, store.fork()]))),
  };
}

async function stacksWhere(
  stores: ReadonlyMap<string, MemoryStore>,
  environment: string,
  isWanted: (store: MemoryStore) => Promise<boolean>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const store of stores.values()) {
    if (store.key.environment === environment && (await isWanted(store))) found.push(store.key.stack);
  }
  return found.sort();
}

async function holdsState({ readState, readJournal }: StackStore): Promise<boolean> {
  for (const generation of ['latest', 'previous'] as const) {
    if ((await readState(generation)) !== null || (await readJournal(generation)) !== null) return true;
  }
  return false;
}

interface MemoryStore extends StackStore {
  fork(): MemoryStore;
}

function createMemoryStore(
  key: StackKey,
  states = new Map<Generation, Uint8Array>(),
  journals = new Map<Generation, Buffer>(),
  history: { bytes: Buffer | null } = { bytes: null },
): MemoryStore {
  return {
    key,
    location: 'memory',
    readState: async (generation) => states.get(generation) ?? null,
    async writeState(content, { keepPrevious } = { keepPrevious: false }) {
      const former = states.get('latest');
      if (former !== undefined && !keepPrevious) states.set('previous', former);
      states.set('latest', Buffer.from(content));
    },
    readJournal: async (generation) => journals.get(generation) ?? null,
    async rotateJournal(firstLines) {
      const former = journals.get('latest');
      if (former !== undefined) journals.set('previous', former);
      journals.set('latest', Buffer.from(firstLines));
    },
    async openJournal(length) {
      journals.set('latest', (journals.get('latest') ?? Buffer.alloc(0)).subarray(0, length));
      return {
        async append(lines) {
          journals.set('latest', Buffer.concat([journals.get('latest') ?? Buffer.alloc(0), Buffer.from(lines)]));
        },
        sync: async () => {},
        close: async () => {},
      };
    },
    readHistory: async () => history.bytes,
    async appendHistory(line) {
      history.bytes = Buffer.concat([history.bytes ?? Buffer.alloc(0), Buffer.from(line)]);
    },
    keepAside: async () => [],
    lock: createMemoryRegister(),
    fork: () => createMemoryStore(key, new Map(states), new Map(journals), { ...history }),
  };
}

function createMemoryRegister(): LockRegister {
  let cell: LockCell = { version: 0, text: null };
  return {
    read: async () => cell,
    async swap(expected, text) {
      if (cell.version !== expected.version) return false;
      cell = { version: expected.version + 1, text };
      return true;
    },
    async renew(version, text) {
      if (cell.version === version) cell = { version, text };
    },
  };
}
