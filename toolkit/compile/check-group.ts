import type { Diagnostic } from '../diagnostics/index.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { checkOrganisation } from './check-organisation.ts';
import { checkPatches } from './check-patches.ts';
import { checkStacks } from './check-stacks.ts';
import type { GroupDeclarations } from './group-declarations.ts';

/**
 * Whether organisation, catalogue and stacks fit together; all that is wrong at once. That each is well formed was seen
 * to by the call that declared it.
 */
export function checkGroup(declarations: GroupDeclarations): readonly Diagnostic[] {
  return [
    ...checkOrganisation(declarations),
    ...checkCatalogue(declarations.organisation.catalogue),
    ...checkPatches(declarations.organisation.catalogue, declarations.items),
    ...checkStacks(declarations),
  ];
}
