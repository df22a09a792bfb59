import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type DeclaredItem,
  deepFreeze,
  holdToShape,
  type ItemsDeclaration,
  type OrganisationDeclaration,
  type Stack,
} from '../model/index.ts';
import { exportShapes } from '../model/stack-shapes.ts';
import { exportedPolicyShape, type Policy } from '../policy/policy.ts';
import { contentDiagnostics } from './content-diagnostics.ts';

/** What one content file declares. */
export interface TakenExports {
  readonly organisations: readonly OrganisationDeclaration[];
  readonly stacks: readonly Stack[];
  readonly items: readonly DeclaredItem[];
  readonly policies: readonly Policy[];
  readonly diagnostics: readonly Diagnostic[];
}

type Declaration = OrganisationDeclaration | Stack | ItemsDeclaration | Policy;

/** Sorts a default export, or each of a list of them, by the kind that its `define...()` gave it. */
export function takeExports(file: string, exported: unknown): TakenExports {
  const values = Array.isArray(exported) ? (exported as readonly unknown[]) : [exported];
  const declarations = values.filter(isDeclaration);
  for (const declaration of declarations) {
    holdToShape(shapes[declaration.kind], declaration, 'export default', { file, line: 1, column: 1 });
    deepFreeze(declaration);
  }
  const isOrganisationFile = file.startsWith('cmdb/organisation/');
  return {
    organisations: declarations.filter((declaration) => declaration.kind === 'organisation'),
    stacks: declarations.filter((declaration) => declaration.kind === 'stack'),
    items: declarations
      .filter((declaration) => declaration.kind === 'items')
      .flatMap((declaration) => declaration.items),
    policies: declarations.filter((declaration) => declaration.kind === 'policy'),
    diagnostics: declarations.length === values.length ? [] : [nothingDeclared(file, isOrganisationFile)],
  };
}

const shapes = { ...exportShapes, policy: exportedPolicyShape };

function isDeclaration(value: unknown): value is Declaration {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return ['organisation', 'stack', 'items', 'policy'].includes(String(value.kind));
}

function nothingDeclared(file: string, isOrganisationFile: boolean): Diagnostic {
  const wanted = isOrganisationFile ? 'defineOrganisation({...})' : expectedIn(file);
  return contentDiagnostics.create(
    'nothing-declared',
    { file, wanted },
    { position: { file, line: 1, column: 1 }, expected: `export default ${wanted}` },
  );
}

function expectedIn(file: string): string {
  if (file.startsWith('stacks/')) return 'defineStack({...})';
  if (file.startsWith('policies/')) return 'definePolicy({...})';
  return 'defineItems(class, [...])';
}
