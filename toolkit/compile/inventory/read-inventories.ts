import type { Diagnostic } from '../../diagnostics/index.ts';
import { decodeText } from '../../languages/text-encoding/index.ts';
import { makeCappedReport } from './capped-report.ts';
import type { RawItem } from './raw-item.ts';
import { readCsvItems } from './read-csv-items.ts';
import { readYamlItems } from './read-yaml-items.ts';
import { firstCells, writtenIds } from './refused-ids.ts';

export interface InventoryFile {
  /** Relative to the repository, such as `cmdb/items/host.csv`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface RawInventories {
  readonly items: readonly RawItem[];
  /** Ids in what could not be read: somebody may name them, and they are not simply missing. */
  readonly refused: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads inventories in the order given. What one file gets wrong does not hide the others. */
export function readInventories(files: readonly InventoryFile[]): RawInventories {
  const report = makeCappedReport();
  const items: RawItem[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const read = readInventory(file);
    // Not by spreading: a call takes far fewer arguments than a file has items.
    for (const item of read.items) items.push(item);
    for (const id of read.refused) refused.push(id);
    for (const diagnostic of read.diagnostics) report.add(diagnostic.code, file.path, () => diagnostic);
  }
  return { items, refused, diagnostics: report.diagnostics() };
}

function readInventory({ path, bytes }: InventoryFile): RawInventories {
  const decoded = decodeText(bytes, path);
  const isTable = /\.csv$/i.test(path);
  if (decoded.kind === 'refused') {
    // Whatever the encoding is, ids are usually ASCII.
    const text = Buffer.from(bytes).toString('latin1');
    return { items: [], refused: isTable ? firstCells(text) : writtenIds(text), diagnostics: [decoded.diagnostic] };
  }
  return isTable ? readCsvItems(decoded.text, path) : readYamlItems(decoded.text, path);
}
