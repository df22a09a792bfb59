import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InventoryFile } from '../../toolkit/compile/inventory/read-inventories.ts';

const folder = 'cmdb/items';

/** The YAML and CSV files of a repository, by name; none where the folder is not there. */
export async function readInventoryFiles(root: string): Promise<readonly InventoryFile[]> {
  const names = await readdir(join(root, folder)).catch(() => []);
  const inventories = names.filter((name) => /\.(csv|ya?ml)$/i.test(name)).sort();
  return await Promise.all(
    inventories.map(async (name) => ({ path: `${folder}/${name}`, bytes: await readFile(join(root, folder, name)) })),
  );
}
