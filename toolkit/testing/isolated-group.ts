import { compileGroup } from '../compile/compile-group.ts';
import { noHomes } from '../compile/homes.ts';
import { tenancyCompiler } from '../compile/tenancy/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { IsolationTerms, Resource, StackDeclaration } from '../model/index.ts';
import { sampleGroup, sampleStacks } from './sample-group.ts';

export interface SampleIsolation {
  readonly tenant: string;
  readonly terms: IsolationTerms;
}

/** For tests: the sample group with the tenants `mes` and `erp`, isolated at the plant, which has a cluster. */
export function isolatedGroup(
  isolations: readonly SampleIsolation[],
  change: (plant: StackDeclaration) => StackDeclaration = (plant) => plant,
): { readonly objects: readonly Resource[]; readonly diagnostics: readonly Diagnostic[] } {
  const group = sampleGroup();
  const title = { en: 'ERP', zh: 'ERP' };
  const organisation = {
    ...group.organisation,
    tenants: [...group.organisation.tenants, { id: 'erp', title, owner: 'hq-ops' }],
  };
  const stacks = sampleStacks((plant) =>
    change(isolations.reduce((stack, { tenant, terms }) => stack.isolate(tenant, terms), plant)),
  ).map((stack) => (stack.name === 'plant' ? { ...stack, targets: [...stack.targets, 'kubernetes' as const] } : stack));
  const { resources, diagnostics } = compileGroup(sampleGroup({ organisation, stacks }), noHomes, tenancyCompiler);
  return { objects: resources.filter(({ type }) => type === 'kubernetes-object'), diagnostics };
}
