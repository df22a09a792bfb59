import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Each file in a directory and below, with its bytes as text and its permission bits. */
export async function directoryContents(directory: string): Promise<Readonly<Record<string, string>>> {
  const files = await filesIn(directory);
  const seen = files.map(async (file) => {
    const { mode } = await lstat(file);
    return [path.relative(directory, file), `${(mode & 0o777).toString(8)} ${await readFile(file, 'latin1')}`] as const;
  });
  return Object.fromEntries(await Promise.all(seen));
}

/** As `directoryContents`, with what changes when a file is written again: its time and its number on the disk. */
export async function directoryFingerprint(directory: string): Promise<Readonly<Record<string, string>>> {
  const files = await filesIn(directory);
  const seen = files.map(async (file) => {
    const { ino, mtimeMs } = await lstat(file);
    return [path.relative(directory, file), `${ino} ${mtimeMs}`] as const;
  });
  return { ...Object.fromEntries(await Promise.all(seen)) };
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
