import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { noHomes } from '../../toolkit/compile/homes.ts';
import { tenancyCompiler } from '../../toolkit/compile/tenancy/index.ts';
import type { BilingualText, IsolationTerms, Resource } from '../../toolkit/model/index.ts';
import { defineStack } from '../../toolkit/model/index.ts';
import { mustHold } from './must-hold.ts';
import { organisationOfOne, surroundingsOfOne } from './organisation-of-one.ts';

/** One tenant, as it is declared in a program. */
export interface TenantDeclaration extends IsolationTerms {
  /** Lower case, with hyphens: it stands in labels. */
  readonly name: string;
  readonly title?: BilingualText;
}

/**
 * Derives the namespaces of a tenant with their walls by the compiler that derives those of a stack, from an organisation in
 * which it is the only tenant.
 */
export function compileTenant({
  name,
  title = { en: name, zh: name },
  ...terms
}: TenantDeclaration): readonly Resource[] {
  const organisation = organisationOfOne({ name, title, tenants: [{ id: name, title, owner: name }] });
  const stack = defineStack({ name, tier: 'L1', site: name, team: name }).isolate(name, terms);
  const placed = { ...stack, targets: [...stack.targets, 'kubernetes' as const] };
  const { resources, diagnostics } = compileGroup(
    { organisation, stacks: [placed], items: [], surroundings: surroundingsOfOne(name) },
    noHomes,
    tenancyCompiler,
  );
  mustHold(diagnostics);
  return resources.filter(({ type }) => type === 'kubernetes-object');
}
