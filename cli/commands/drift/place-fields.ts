import { fieldSourcesOf } from '../../../toolkit/compile/inventory/field-sources.ts';
import { readInventories } from '../../../toolkit/compile/inventory/index.ts';
import { readContentFiles } from '../../../toolkit/host/read-content.ts';
import type { ConfigurationItem } from '../../../toolkit/model/index.ts';

/**
 * The items with the places of their fields. Compiling leaves them out, because no other command needs a dozen places
 * for each of a hundred thousand items.
 */
export async function placeFields(
  root: string,
  items: readonly ConfigurationItem[],
): Promise<readonly ConfigurationItem[]> {
  const { items: raw } = readInventories((await readContentFiles(root)).files);
  const byId = new Map(raw.map((item) => [String(item.values.id).trim(), item]));
  return items.map((item) => {
    const written = byId.get(item.id);
    return written === undefined ? item : { ...item, fieldSources: fieldSourcesOf(written) };
  });
}
