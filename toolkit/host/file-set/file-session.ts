import { join } from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { inParallel } from '../in-parallel.ts';
import { type Activation, prevented } from './activation.ts';
import type {
  FileChange,
  FileCommit,
  FileHealth,
  FileKind,
  FileObservation,
  FileReference,
  FoundObject,
} from './file-kind.ts';
import { wrongMode } from './file-mode.ts';
import { FileSet } from './file-set.ts';
import type { inspectDirectory } from './inspect-directory.ts';
import { listFiles } from './list-files.ts';
import { pathsNamedIn } from './paths-named-in.ts';
import { type FileAnswer, readFiles } from './read-files.ts';
import { realPathOf } from './relative-path.ts';
import { removeLeftovers } from './staging-area.ts';
import type { TargetLease } from './target-lease.ts';

export interface FileSessionOptions<Spec extends object> {
  readonly directory: string;
  readonly kinds: readonly FileKind<Spec>[];
  readonly activation: Activation;
  /** Permission bits for every file, from the binding. */
  readonly mode?: number | undefined;
  /** The spec refers to secrets, so that others may not read its file. */
  holdsSecrets?(spec: Spec): boolean;
  /** Completes what was read by what is known of the object: secret references go back where their values are. */
  complete?(observed: Spec, known: Spec): Promise<Spec>;
  /** Files and folders of the directory that are this provider's alone; `''` is all of it. */
  readonly ownFiles?: readonly string[];
  readonly ownFolders: readonly string[];
  /** What a file in them would be managed as; null for one that is none of this provider's. */
  recognise(path: string): { readonly type: string; readonly name: string; readonly spec: Spec } | null;
  /** What a file is called that no kind recognises. */
  foreign(path: string): Omit<FoundObject<Spec>, 'location'>;
}

/** The part of a provider's session that is the same for all whose objects are files. */
export interface FileSession<Key extends string, Spec> {
  identify(): Promise<Readonly<Record<string, string>>>;
  readMany(references: readonly FileReference<Key, Spec>[]): Promise<ReadonlyMap<Key, FileObservation<Spec>>>;
  /** Files that nothing loads are run as they lie there. */
  compareRunning(): Promise<{ readonly state: 'as-placed' }>;
  stage(change: FileChange<Key, Spec>): Promise<void>;
  commit(): Promise<FileCommit<Key>>;
  /**
   * Keeps other processes from changing these files until it is given back, by `release` or `close`; throws a Failure that says
   * who works there.
   */
  claim(): Promise<void>;
  release(): Promise<void>;
  /** Whether each file is there and readable as what it should be: all that a plain file can be asked. */
  health(references: readonly FileReference<Key, Spec>[]): Promise<readonly FileHealth<Key>[]>;
  discover(managed: readonly FileReference<Key, Spec>[]): Promise<readonly FoundObject<Spec>[]>;
  /** Whether what is staged could be put in place: nothing runs here that could be asked. */
  inspect(): ReturnType<typeof inspectDirectory>;
  close(): Promise<void>;
}

export function openFileSession<Key extends string, Spec extends object>(
  options: FileSessionOptions<Spec>,
): FileSession<Key, Spec> {
  const files = new FileSet(options.directory);
  const staged = new Map<string, Key>();
  let lease: TargetLease | null = null;
  const release = async () => {
    const held = lease;
    lease = null;
    await held?.release();
  };
  return {
    identify: async () => ({ directory: await realPathOf(options.directory) }),
    readMany: async (references) => completeAll(options, references, await readObjects(options, references)),

    compareRunning: async () => ({ state: 'as-placed' }),

    async stage({ kind, address, type, spec, sensitive }) {
      const fileKind = kindOf(options, type);
      const path = fileKind.path(spec);
      const permissions = { mode: options.mode, isPrivate: sensitive || fileKind.isPrivate === true };
      if (kind === 'write') await files.write(path, fileKind.print(spec), { by: address, ...permissions });
      else await files.remove(path, { by: address });
      if (kind === 'write' || !staged.has(path)) staged.set(path, address);
    },

    async commit() {
      const addresses = new Map(staged);
      staged.clear();
      try {
        await lease?.assertHeld();
      } catch (cause) {
        if (!(cause instanceof Failure)) throw cause;
        await files.close();
        return { ...prevented(cause.diagnostic), blamed: [] };
      }
      const { verdict, written, removed } = await files.commit(options.activation);
      if (verdict.accepted) return { ...verdict, note: noteOf(written, removed, verdict.note) };
      return { ...verdict, blamed: blame(options.directory, verdict.reason, addresses) };
    },

    async health(references) {
      const observed = await readObjects(options, references);
      return references.map(({ address }) => healthOf(address, observed.get(address) ?? absent));
    },

    discover: (managed) => discoverObjects(options, managed),
    inspect: async () => {
      const { inspectDirectory } = await import('./inspect-directory.ts');
      return await inspectDirectory(options.directory, options.ownFolders);
    },
    async claim() {
      if (lease !== null) return;
      const { takeLease } = await import('./target-lease.ts');
      lease = await takeLease(options.directory, leaseName(options));
      if (lease !== null) await removeLeftovers(options.directory);
    },
    release,
    async close() {
      await files.close();
      await release();
    },
  };
}

/** Two providers may share a directory, and then have other files in it. */
function leaseName({ ownFiles = [], ownFolders }: Pick<FileSessionOptions<object>, 'ownFiles' | 'ownFolders'>): string {
  return [...ownFiles, ...ownFolders].find((name) => name !== '') ?? 'all';
}

function kindOf<Spec extends object>({ kinds }: FileSessionOptions<Spec>, type: string): FileKind<Spec> {
  const kind = kinds.find((candidate) => candidate.type === type);
  if (kind === undefined) throw new Error(`Bug: an object of type ${type} was given to a provider that has none.`);
  return kind;
}

async function readObjects<Key extends string, Spec extends object>(
  options: FileSessionOptions<Spec>,
  references: readonly FileReference<Key, Spec>[],
): Promise<ReadonlyMap<Key, FileObservation<Spec>>> {
  const located = references.map((reference) => {
    const kind = kindOf(options, reference.type);
    return { ...reference, kind, path: kind.path(reference.spec) };
  });
  const readings = await readFiles(options.directory, [...new Set(located.map(({ path }) => path))]);
  const observed = new Map(
    located.map(
      ({ address, kind, path, spec }) => [address, observe(kind, spec, readings.get(path) ?? absent)] as const,
    ),
  );
  const isPrivate = ({ kind, spec }: (typeof located)[number]): boolean =>
    kind.isPrivate === true || options.holdsSecrets?.(spec) === true;
  const guarded = located.filter((object) => options.mode !== undefined || isPrivate(object));
  await inParallel(guarded, 32, async (object) => {
    const { address, path } = object;
    const seen = observed.get(address);
    if (seen?.state !== 'present') return;
    const wrong = await wrongMode(join(options.directory, path), { mode: options.mode, isPrivate: isPrivate(object) });
    if (wrong !== null) observed.set(address, { ...seen, spec: { ...seen.spec, fileMode: wrong } });
  });
  return observed;
}

async function completeAll<Key extends string, Spec extends object>(
  { complete, holdsSecrets }: FileSessionOptions<Spec>,
  references: readonly FileReference<Key, Spec>[],
  observed: ReadonlyMap<Key, FileObservation<Spec>>,
): Promise<ReadonlyMap<Key, FileObservation<Spec>>> {
  if (complete === undefined) return observed;
  const completed = new Map(observed);
  for (const { address, spec } of references) {
    if (holdsSecrets?.(spec) === false) continue;
    const seen = observed.get(address);
    if (seen?.state === 'present') completed.set(address, { ...seen, spec: await complete(seen.spec, spec) });
  }
  return completed;
}

const absent = { state: 'absent' } as const;

function observe<Spec extends object>(kind: FileKind<Spec>, known: Spec, reading: FileAnswer): FileObservation<Spec> {
  switch (reading.state) {
    case 'absent':
      return absent;
    case 'unreadable':
      return reading;
    case 'unusable':
      return { state: 'malformed', reason: reading.reason, spec: kind.identity(known) };
    case 'text':
      return kind.parse(reading.text, known);
    default:
      return reading satisfies never;
  }
}

function noteOf(written: number, removed: number, activated: string): string {
  const changes = written + removed === 0 ? '' : `${written} written, ${removed} removed`;
  return [changes, activated].filter((part) => part !== '').join('; ') || 'nothing to do';
}

/** Whose files a refusal names. None named: it is not known, and nobody is blamed. */
function blame<Key extends string>(
  directory: string,
  reason: string,
  addresses: ReadonlyMap<string, Key>,
): readonly Key[] {
  const named = pathsNamedIn(reason.replaceAll(`${directory}/`, ''), [...addresses.keys()]);
  return [...new Set(named.flatMap((path) => addresses.get(path) ?? []))];
}

function healthOf<Key extends string>(address: Key, observation: FileObservation<unknown>): FileHealth<Key> {
  switch (observation.state) {
    case 'absent':
      return { address, healthy: false, detail: 'The file is missing.' };
    case 'unreadable':
      return { address, healthy: false, detail: observation.reason };
    case 'malformed':
      return { address, healthy: false, detail: `The file cannot be read: ${observation.reason}.` };
    case 'present':
      return { address, healthy: true, extent: 'in-place', detail: 'The file is in place.' };
    default:
      return observation satisfies never;
  }
}

async function discoverObjects<Key extends string, Spec extends object>(
  options: FileSessionOptions<Spec>,
  managed: readonly FileReference<Key, Spec>[],
): Promise<readonly FoundObject<Spec>[]> {
  const known = new Set(managed.map(({ type, spec }) => kindOf(options, type).path(spec)));
  const present = (await presentFiles(options)).filter((path) => !known.has(path));
  const found = present.map((path) => ({ path, as: options.recognise(path) }));
  const references = found.flatMap(({ path, as }) => (as ? [{ address: path, type: as.type, spec: as.spec }] : []));
  const observed = await readObjects(options, references);
  return found.map(({ path, as }) => {
    if (as === null) return { ...options.foreign(path), location: path };
    return { ...as, spec: specSeen(observed.get(path), as.spec), location: path };
  });
}

async function presentFiles<Spec extends object>(options: FileSessionOptions<Spec>): Promise<readonly string[]> {
  const inFolders = await Promise.all(options.ownFolders.map((folder) => listFiles(options.directory, folder)));
  const single = await readFiles(options.directory, options.ownFiles ?? []);
  const ownFiles = [...single].filter(([, reading]) => reading.state !== 'absent').map(([path]) => path);
  return [...new Set([...ownFiles, ...inFolders.flat()])].sort();
}

function specSeen<Spec>(observation: FileObservation<Spec> | undefined, fallback: Spec): Spec {
  return observation !== undefined && 'spec' in observation ? observation.spec : fallback;
}
