// TEMPORARY until compile/inventory and compile/bindings land.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYamlText } from 'yaml';
export async function readContentFiles(root: string): Promise<any> {
  const folder = join(root, 'cmdb/items');
  return { diagnostics: [], files: readdirSync(folder).filter((n) => /\.(yaml|csv)$/.test(n)).map((n) => ({ path: `cmdb/items/${n}`, bytes: readFileSync(join(folder, n)) })) };
}
export function readInventories(files: any): any {
  const items: any[] = [];
  for (const { path, bytes } of files) {
    if (path.endsWith('.csv')) {
      for (const row of parseCsv(bytes, { columns: true, bom: true }) as any[]) {
        const { id, title_en, title_zh, site, owner, tenant, criticality, supplier, stage, class: c, ...rest } = row;
        const attributes: any = {}; const identity: any = {}; const relations: any = {};
        for (const [k, v] of Object.entries<any>(rest)) { if (v === '') continue; if (k.startsWith('identity.')) identity[k.slice(9)] = v; else if (/^[a-z]+-[a-z]+/.test(k)) relations[k] = v.split(';'); else attributes[k] = /^\d+$/.test(v) ? Number(v) : v; }
        items.push({ id, class: c ?? path.split('/').pop().replace('.csv', ''), title: { en: title_en ?? id, zh: title_zh ?? id }, site, owner, tenant: tenant || null, criticality: criticality || 'medium', supplier: supplier || null, identity, attributes, relations, source: { file: path, line: 1, column: 1 } });
      }
    } else {
      const doc = parseYamlText(bytes.toString());
      for (const entry of doc.items) items.push({ ...doc.defaults, ...entry, source: { file: path, line: 1, column: 1 } });
    }
  }
  return { items, diagnostics: [] };
}
export function checkItems({ raw, declared }: any): any {
  const items = [...raw, ...declared].map((item: any) => ({
    title: { en: item.id, zh: item.id }, tenant: null, criticality: 'medium', stage: 'in-service', supplier: null, identity: {}, attributes: {}, ...item,
    relations: Object.entries<any>(item.relations ?? {}).flatMap(([type, to]) => [to].flat().map((t: string) => ({ type, to: t }))),
  }));
  return { items, diagnostics: [] };
}
export function readBindings({ bytes }: any): any {
  const doc = parseYamlText(bytes.toString());
  const targets = Object.entries<any>(doc.stacks ?? {}).flatMap(([stack, entries]) => Object.entries<any>(entries).map(([target, { provider, ...settings }]) => ({ stack, target, provider, settings })));
  return { bindings: { environment: doc.environment, targets, addresses: doc.addresses ?? {}, speed: doc.speed ?? 1 }, diagnostics: [] };
}
