import type { Diagnostic } from '../diagnostics/index.ts';
import { canonicalJson, type JsonValue } from '../model/index.ts';
import { contentDiagnostics } from './content-diagnostics.ts';
import type { Content, Outcome, Repository } from './contract.ts';
import { loadContent } from './load-content.ts';

/**
 * Compiles a second time with another clock, zone, locale and directory: content that reads any of them would give
 * another plan to whoever approves it than to whoever applies it.
 */
export async function compareCompiles(repository: Repository, first: Content): Promise<readonly Diagnostic[]> {
  const second: Outcome<Content> = await loadContent(repository, {
    world: { nowIso: '2031-02-28T23:59:58Z', timeZone: 'Pacific/Chatham', locale: 'tr-TR', workingDirectory: '/' },
  });
  await second.value?.close();
  if (second.value === null) return second.diagnostics;
  const before = new Map(
    first.placed.map((resource) => [resource.address, canonicalJson(resource as unknown as JsonValue)]),
  );
  const after = new Map(
    second.value.placed.map((resource) => [resource.address, canonicalJson(resource as unknown as JsonValue)]),
  );
  const addresses = [...new Set([...before.keys(), ...after.keys()])].filter(
    (address) => before.get(address) !== after.get(address),
  );
  return addresses.length === 0 ? [] : [contentDiagnostics.create('compiles-differ', { addresses })];
}
