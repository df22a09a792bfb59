import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { manifestPatternShape } from './included-shapes.ts';

/** Objects of a cluster that are written in YAML, below `stacks/manifests/`. */
export interface ManifestFiles {
  readonly kind: 'manifest-files';
  /** The pattern, as messages name it. */
  readonly id: string;
  readonly source: SourceSpan;
}

/**
 * Objects of a cluster from YAML files below `stacks/manifests/`, as they are at hand from a product's pages or from `kubectl`; a
 * stack with the target `kubernetes` puts them there with `.include(manifests('gateway/*.yaml'))`. `*` is any text, slashes too.
 * The files are read as data and checked: several documents and lists are taken apart, templates are refused.
 */
export function manifests(pattern: string): ManifestFiles {
  const source = callSite(manifests);
  holdToShape(manifestPatternShape, pattern, 'manifests(...)', source);
  return deepFreeze({ kind: 'manifest-files', id: pattern, source });
}
