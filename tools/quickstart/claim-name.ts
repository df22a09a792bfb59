import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A name that no other quickstart of this clone uses now: its folder, its state and its environment are called so. */
export interface ClaimedName {
  readonly name: string;
  /** With `--keep`, those processes hold the name when this one is gone. */
  handOver(pids: readonly number[]): Promise<void>;
  release(): Promise<void>;
}

const mostAtOnce = 9;

/** `quickstart`, or while that one runs or was left running, `quickstart-2` and so on. */
export async function claimName(folder: string): Promise<ClaimedName> {
  await mkdir(folder, { recursive: true });
  for (let number = 1; number <= mostAtOnce; number += 1) {
    const name = number === 1 ? 'quickstart' : `quickstart-${number}`;
    const file = join(folder, `${name}.pids`);
    if (await claim(file)) {
      return { name, handOver: (pids) => writeFile(file, pids.join('\n')), release: () => rm(file, { force: true }) };
    }
  }
  throw new Error(`${mostAtOnce} quickstarts run already; stop one, or remove ${folder}/quickstart*.pids.`);
}

async function claim(file: string): Promise<boolean> {
  const isNew = await writeFile(file, String(process.pid), { flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (isNew) return true;
  const holders = await readFile(file, 'utf8').catch(() => '');
  if (holders.split('\n').some((pid) => isAlive(Number(pid)))) return false;
  await rm(file, { force: true });
  return claim(file);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
