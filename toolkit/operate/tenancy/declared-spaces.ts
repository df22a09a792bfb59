import type { SourceSpan } from '../../diagnostics/index.ts';
import {
  listOf,
  type Manifest,
  type ManifestValue,
  mappingOf,
  tenantLabel,
  textOf,
} from '../../languages/kubernetes/index.ts';
import { addressFields, type Resource } from '../../model/index.ts';

/** One namespace of a tenant, as it is declared. */
export interface Space {
  readonly tenant: string;
  readonly namespace: string;
  /** Labels of the namespace itself. */
  readonly labels: Manifest;
  readonly quota: Manifest;
  readonly limits: Manifest;
  /** By name. */
  readonly policies: ReadonlyMap<string, Manifest>;
  /** Groups that get in, by the level of their role. */
  readonly groups: readonly { readonly group: string; readonly level: string }[];
  /** Names of all role bindings that are declared there. */
  readonly bindings: readonly string[];
  readonly source: SourceSpan;
}

/** The spaces of a stack: they are read off what was compiled, so whatever it was compiled from, this is what should be. */
export function declaredSpaces(stack: string, placed: readonly Resource[]): readonly Space[] {
  const objects = placed.filter(
    ({ type, address }) => type === 'kubernetes-object' && addressFields(address).stack === stack,
  );
  const byNamespace = Map.groupBy(objects, ({ spec }) => textOf(mappingOf(spec.metadata).namespace));
  return objects.flatMap(({ spec, source }) => {
    const { name, labels } = mappingOf(spec.metadata);
    const tenant = textOf(mappingOf(labels)[tenantLabel]);
    if (spec.kind !== 'Namespace' || tenant === '') return [];
    const inside = (byNamespace.get(textOf(name)) ?? []).map((resource) => resource.spec as Manifest);
    return [{ ...spaceOf(inside), tenant, namespace: textOf(name), labels: mappingOf(labels), source }];
  });
}

function spaceOf(objects: readonly Manifest[]) {
  const named = (kind: string) => objects.filter((object) => object.kind === kind);
  const bindings = named('RoleBinding');
  return {
    quota: mappingOf(named('ResourceQuota')[0]),
    limits: mappingOf(named('LimitRange')[0]),
    policies: new Map(named('NetworkPolicy').map((policy) => [nameOf(policy), policy] as const)),
    bindings: bindings.map(nameOf),
    groups: bindings.flatMap((binding) => groupsOf(binding)),
  };
}

function groupsOf(binding: Manifest) {
  const role = textOf(mappingOf(binding.roleRef).name);
  return listOf(binding.subjects)
    .map(mappingOf)
    .filter(({ kind }) => kind === 'Group')
    .map(({ name }) => ({ group: textOf(name), level: role.replace(/^tenant-/, '') }));
}

export function nameOf(object: ManifestValue | undefined): string {
  return textOf(mappingOf(mappingOf(object).metadata).name);
}
