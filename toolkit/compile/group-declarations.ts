import type { ConfigurationItem, OrganisationDeclaration, Stack } from '../model/index.ts';
import type { Surroundings } from './operated-stack.ts';

export interface GroupDeclarations {
  readonly organisation: OrganisationDeclaration;
  readonly stacks: readonly Stack[];
  /** Every item of the organisation, checked. */
  readonly items: readonly ConfigurationItem[];
  readonly surroundings: Surroundings;
}
