import type { Diagnostic } from '../diagnostics/index.ts';
import type { LoadedStack } from '../engine/state/load-stack.ts';
import {
  type Address,
  type AppliedResource,
  addressFields,
  type Resource,
  type ResourceTypeDefinition,
  secretReferencesIn,
} from '../model/index.ts';
import type { Repository } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { targetKey } from './target-sessions.ts';

/** What is planned, where some targets are kept by a controller that reads rendered files. */
export interface Reconciled {
  readonly desired: readonly Resource[];
  readonly loaded: readonly LoadedStack[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Targets whose binding names a controller (`reconciledBy: flux`) are not planned: what applies there is rendered. An
 * audit compares them all the same, with what was rendered in the place of what was applied; a Secret that no file may
 * hold comes from elsewhere, and is nobody's here.
 */
export function leaveToControllers(
  { bindings, boundAt }: Repository,
  { desired, loaded }: Omit<Reconciled, 'diagnostics'>,
  types: ReadonlyMap<string, ResourceTypeDefinition>,
  isAudit: boolean,
): Reconciled {
  const kept = new Map(
    bindings.targets.flatMap(({ stack, target, settings }) =>
      typeof settings.reconciledBy === 'string' ? [[targetKey(stack, target), settings.reconciledBy] as const] : [],
    ),
  );
  if (kept.size === 0) return { desired, loaded, diagnostics: [] };
  const isKept = ({ address, target }: Pick<Resource, 'address' | 'target'>) =>
    kept.has(targetKey(addressFields(address).stack, target));
  const rendered = desired.filter((one) => isKept(one) && secretReferencesIn(one.spec).length === 0);
  const left = desired.filter((one) => !isKept(one));
  const byStack = Map.groupBy(rendered, ({ address }) => addressFields(address).stack);
  return {
    desired: isAudit ? [...left, ...rendered] : left,
    loaded: loaded.map((one) => withRecords(one, isKept, isAudit ? (byStack.get(one.state.stack) ?? []) : [], types)),
    diagnostics: isAudit ? [] : [...byStack].map(([stack, own]) => tellLeft(stack, own, kept, boundAt)),
  };
}

/** The state as it would be, had the rendered objects been applied from here; what was, is the controller's now. */
function withRecords(
  loaded: LoadedStack,
  isKept: (record: AppliedResource) => boolean,
  rendered: readonly Resource[],
  types: ReadonlyMap<string, ResourceTypeDefinition>,
): LoadedStack {
  const records = [...loaded.state.resources.values()].filter((record) => !isKept(record));
  const resources = new Map<Address, AppliedResource>(
    [...records, ...rendered.map((resource) => recordOf(resource, types))].map((record) => [record.address, record]),
  );
  return { ...loaded, state: { ...loaded.state, resources } };
}

function recordOf(resource: Resource, types: ReadonlyMap<string, ResourceTypeDefinition>): AppliedResource {
  const { address, type, target, spec, dependsOn, lifecycle, owner } = resource;
  const canonical = types.get(type)?.canonical(spec) ?? spec;
  return { address, type, target, spec: canonical, secrets: {}, dependsOn, lifecycle, owner };
}

function tellLeft(
  stack: string,
  own: readonly Resource[],
  kept: ReadonlyMap<string, string>,
  boundAt: Repository['boundAt'],
): Diagnostic {
  const target = own[0]?.target ?? '';
  const facts = { stack, target, tool: kept.get(targetKey(stack, target)) ?? '', objects: own.length };
  return operateDiagnostics.create('reconciled-elsewhere', facts, {
    position: boundAt(stack, target),
    subject: `${stack}/${target}`,
  });
}
