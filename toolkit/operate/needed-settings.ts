import type { Diagnostic } from '../diagnostics/index.ts';
import { addressFields, type Resource } from '../model/index.ts';
import type { Content, Repository, Wiring } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { targetKey } from './target-sessions.ts';
import { typesOf } from './validate-resources.ts';

/** Bindings without a setting that they may lack, but not where such objects are declared: one finding for each. */
export function findNeededSettings(
  { placed }: Pick<Content, 'placed'>,
  { bindings, boundAt }: Pick<Repository, 'bindings' | 'boundAt'>,
  wiring: Pick<Wiring, 'providers'>,
): readonly Diagnostic[] {
  const types = typesOf(wiring);
  const byTarget = Map.groupBy(
    placed.filter(({ type }) => types.get(type)?.needs !== undefined),
    keyOf,
  );
  return bindings.targets.flatMap(({ stack, target, settings }) => {
    const objects = byTarget.get(targetKey(stack, target)) ?? [];
    const lacking = objects.filter(({ type }) => settings[types.get(type)?.needs?.setting ?? ''] === undefined);
    const needs = types.get(lacking[0]?.type ?? '')?.needs;
    if (needs === undefined) return [];
    const facts = { stack, target, ...needs, addresses: lacking.map(({ address }) => address).sort() };
    const occurrence = { position: boundAt(stack, target), subject: targetKey(stack, target), expected: needs.line };
    return [operateDiagnostics.create('setting-needed', facts, occurrence)];
  });
}

function keyOf({ address, target }: Resource): string {
  return targetKey(addressFields(address).stack, target);
}
