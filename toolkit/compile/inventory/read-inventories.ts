import type { Diagnostic } from '../../diagnostics/index.ts';
import { decodeText } from '../../languages/text-encoding/index.ts';
import { makeCappedReport } from './capped-report.ts';
import type { RawItem } from './raw-item.ts';
import { readCsvItems } from './read-csv-items.ts';
import { readYamlItems } from './read-yaml-items.ts';

export interface InventoryFile {
  /** Relative to the repository, such as `cmdb/items/host.csv`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface RawInventories {
  readonly items: readonly RawItem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads inventories in the order given. What one file gets wrong does not hide the others. */
export function readInventories(files: readonly InventoryFile[]): RawInventories {
  const report = makeCappedReport();
  const items: RawItem[] = [];
  for (const file of files) {
    const read = readInventory(file);
    // Not by spreading: a call takes far fewer arguments than a file has items.
    for (const item of read.items) items.push(item);
    for (const diagnostic of read.diagnostics) report.add(diagnostic.code, file.path, () => diagnostic);
  }
  return { items, diagnostics: report.diagnostics() };
}

function readInventory({ path, bytes }: InventoryFile): RawInventories {
  const decoded = decodeText(bytes, path);
  if (decoded.kind === 'refused') return { items: [], diagnostics: [decoded.diagnostic] };
  return /\.csv$/i.test(path) ? readCsvItems(decoded.text, path) : readYamlItems(decoded.text, path);
}
