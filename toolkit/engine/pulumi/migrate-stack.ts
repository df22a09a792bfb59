import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { addressFields, type JsonValue, jsonEquals } from '../../model/index.ts';
import type { LockOptions } from '../lock/acquire-lock.ts';
import { handOverRecords, takeOverRecords } from '../state/edit-state.ts';
import type { StackRecord } from '../state/stack-record.ts';
import type { StackKey, StackStore } from '../state/state-backend.ts';
import { printDeployment, withoutObjects } from './print-deployment.ts';
import { openProject } from './project.ts';
import { createPulumiCommand, type PulumiCommand } from './pulumi-command.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';
import { type DeployedStack, readDeployment } from './read-deployment.ts';
import { addressOfUrn, objectTypeOf, splitUrn, stackType, typeToken } from './urn.ts';

export interface Migration {
  /** Of the repository. */
  readonly root: string;
  readonly store: StackStore;
  readonly lock: LockOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Moves the records of a stack to Pulumi, and touches no real object; gives how many there were. */
export async function migrateToPulumi({ root, store, lock, env }: Migration): Promise<number> {
  const command = await commandFor(root, env);
  const { key } = store;
  return await handOverRecords(store, lock, async (record) => {
    refuse(key, [...reasonsToStay(record), ...reasonsOfCluster(record)]);
    const there = await readThere(command, key);
    if (there.objects.size > 0) {
      // A migration that was cut off behind the import; anything else is somebody's work.
      if (isSame(there.record, record)) return;
      refuse(key, [`Pulumi has ${there.objects.size} objects of it already, and not the same.`]);
    }
    if ((await command.exportStack(key)) === null) await command.createStack(key);
    const fresh = await command.exportStack(key);
    if (fresh === null) throw new Error(`Bug: the stack ${key.stack} was made in Pulumi, and is not there.`);
    await importText(command, key, printDeployment(record, fresh, command.project.name));
    const received = await readThere(command, key);
    if (!isSame(received.record, record)) refuse(key, ['what Pulumi gives back is not what it was given.']);
  });
}

/** The way back. The records are dropped in Pulumi once the embedded state has them. */
export async function migrateToEmbedded({ root, store, lock, env }: Migration): Promise<number> {
  const command = await commandFor(root, env);
  const { key } = store;
  const count = await takeOverRecords(store, lock, async (former) => {
    const { record } = await readThere(command, key);
    refuse(key, [
      ...reasonsToStay(record),
      ...(former.resources.size > 0 && !isSame(former, record)
        ? [`its embedded state has ${former.resources.size} objects of it already, and not the same.`]
        : []),
      ...(former.uncertain.size > 0 ? ['the embedded state has changes without an outcome.'] : []),
    ]);
    const { lineage, salt, resources, identities } = record;
    return { lineage, salt, resources, identities };
  });
  const text = await command.exportStack(key);
  if (text !== null)
    await importText(
      command,
      key,
      withoutObjects(text, (urn) => isOurs(urn, key)),
    );
  return count;
}

function isOurs(urn: string, { stack }: StackKey): boolean {
  const parts = splitUrn(urn);
  if (parts === null) return false;
  if (addressOfUrn(urn) !== null || objectTypeOf(parts.type) !== null || parts.type === typeToken(stackType))
    return true;
  return parts.type === 'pulumi:providers:kubernetes' && parts.name.startsWith(`${stack}/`);
}

async function commandFor(root: string, env: Migration['env']): Promise<PulumiCommand> {
  return createPulumiCommand({ project: await openProject(root), env });
}

function reasonsToStay({ resources, uncertain, pending }: StackRecord): readonly string[] {
  const open = [...uncertain.keys()].sort();
  return [
    ...(resources.size === 0 ? ['nothing is recorded that could be moved.'] : []),
    ...(open.length > 0
      ? [`a run was cut off, and nobody knows yet what became of ${open.join(', ')}; run \`opsctl apply\` first.`]
      : []),
    ...(pending.size > 0
      ? [`${[...pending.keys()].join(', ')} still has to load what a run has left; run \`opsctl apply\` first.`]
      : []),
  ];
}

/** Pulumi's provider for Kubernetes writes the records of its objects, with secrets that only Pulumi can encrypt. */
function reasonsOfCluster({ resources }: StackRecord): readonly string[] {
  const own = [...resources.keys()].filter((address) => addressFields(address).type === 'kubernetes-object').sort();
  const [first] = own;
  if (first === undefined) return [];
  const { stack } = addressFields(first);
  return [
    `${own.length} of its objects are in a cluster, and their records are made by Pulumi itself. Nothing of them has to be removed: drop each record here (\`opsctl state rm ${first} --yes\`), migrate what is left, and let Pulumi take them over as they are (\`opsctl adopt '${stack}/kubernetes-object/*' --engine pulumi\`).`,
  ];
}

function refuse({ stack, environment }: StackKey, reasons: readonly string[]): void {
  if (reasons.length === 0) return;
  throw new Failure(pulumiDiagnostics.create('cannot-migrate', { stack, environment, reasons }, { subject: stack }));
}

async function readThere(command: PulumiCommand, key: StackKey): Promise<DeployedStack> {
  const read = readDeployment(await command.exportStack(key), key, command.project.name);
  if (read.ok) return read.stack;
  const [first] = read.diagnostics;
  if (first === undefined) throw new Error('Bug: a state was refused without a reason.');
  throw new Failure(first);
}

function isSame(left: StackRecord, right: StackRecord): boolean {
  return left.salt === right.salt && jsonEquals(resourcesOf(left), resourcesOf(right));
}

function resourcesOf({ resources }: StackRecord): JsonValue {
  return [...resources.values()].sort((left, right) => (left.address < right.address ? -1 : 1)) as unknown as JsonValue;
}

/** Through a file that only this user can read, and that is gone afterwards. */
async function importText(command: PulumiCommand, key: StackKey, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-'));
  try {
    const file = join(folder, 'deployment.json');
    await writeFile(file, text, { mode: 0o600 });
    await command.importStack(key, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
