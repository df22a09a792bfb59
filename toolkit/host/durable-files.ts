import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory, temporaryName, writeFileAtomically } from './atomic-write.ts';
import { fileFailure, isErrorCode } from './file-failure.ts';
import { makeDirectory } from './make-directory.ts';

/**
 * The few steps that a crash-safe store is made of. Each is whole or not done at all, and has survived a power cut when
 * it returns, except where it says otherwise. A port, so that a test can kill the process before or after any of them.
 */
export interface DurableFiles {
  makeDirectory(path: string): Promise<void>;
  /** Names in a directory; none when there is no such directory. */
  list(directory: string): Promise<readonly string[]>;
  /** Null when there is no such file. */
  read(path: string): Promise<Buffer | null>;
  replace(path: string, content: string | Uint8Array): Promise<void>;
  /** Makes the file with its content unless the name is taken; says whether it did. Of two callers one wins. */
  create(path: string, content: string): Promise<boolean>;
  /** Gives the present content a second name, in place of what had that name. */
  keepAs(path: string, copy: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Opens for appending after the first `length` bytes; what stood behind them is cut off. */
  openAppend(path: string, length: number): Promise<AppendFile>;
}

export interface AppendFile {
  /** Survives the death of the process when it returns, and a power cut after the next `sync`. */
  append(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

const privateFile = 0o600;
const privateDirectory = 0o700;

/** Files that only this user may read. */
export const durableFiles: DurableFiles = {
  async makeDirectory(path) {
    await makeDirectory(path, privateDirectory);
  },
  list: (directory) => guarded('list', directory, () => readdir(directory).catch(orWhenMissing<readonly string[]>([]))),
  read: (path) => guarded('read', path, () => readFile(path).catch(orWhenMissing(null))),
  replace: (path, content) => writeFileAtomically(path, content, { mode: privateFile }),
  create: (path, content) => guarded('write', path, () => createWhole(path, content)),
  keepAs: (path, copy) =>
    guarded('write', copy, async () => {
      const temporary = join(dirname(copy), temporaryName());
      await link(path, temporary).catch((error: unknown) => copyWithoutLinks(error, path, temporary));
      await rename(temporary, copy);
    }),
  remove: (path) => guarded('remove', path, () => unlink(path).catch(orWhenMissing(undefined))),
  openAppend: (path, length) => guarded('write', path, () => openAppend(path, length)),
};

async function guarded<Result>(
  operation: 'read' | 'write' | 'remove' | 'list',
  path: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(operation, path, error);
  }
}

function orWhenMissing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isErrorCode(error, 'ENOENT')) return value;
    throw error;
  };
}

// link() fails when the name is taken and shows the file only with its whole content; O_EXCL alone would let others
// read it while it is still empty, and leave an empty one behind a kill.
async function createWhole(path: string, content: string): Promise<boolean> {
  const temporary = join(dirname(path), temporaryName());
  await writeFileAtomically(temporary, content, { mode: privateFile, syncDirectory: false });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    if (!isErrorCode(error, ...withoutLinks)) throw error;
    return await createWithoutLinks(path, content);
  } finally {
    await unlink(temporary).catch(orWhenMissing(undefined));
  }
}

// Some network and USB file systems know no hard links.
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

async function createWithoutLinks(path: string, content: string): Promise<boolean> {
  try {
    const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, privateFile);
    await writeAndClose(handle, content);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function copyWithoutLinks(error: unknown, path: string, temporary: string): Promise<void> {
  if (!isErrorCode(error, ...withoutLinks)) throw error;
  await copyFile(path, temporary, constants.COPYFILE_EXCL);
}

async function writeAndClose(handle: FileHandle, content: string): Promise<void> {
  try {
    await handle.writeFile(content);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function openAppend(path: string, length: number): Promise<AppendFile> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  const handle = await open(path, flags, privateFile);
  try {
    const { size } = await handle.stat();
    if (size > length) await handle.truncate(length);
    await handle.sync();
    await syncDirectory(dirname(path));
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    append: (text) => guarded('write', path, () => appendWhole(handle, text)),
    sync: () => guarded('write', path, () => handle.datasync()),
    close: () => guarded('write', path, () => handle.close()),
  };
}

async function appendWhole(handle: FileHandle, text: string): Promise<void> {
  await handle.appendFile(text);
}
