import type { DeclaredItem } from '../../model/index.ts';
import type { RawItem } from './raw-item.ts';

/** An item of TypeScript, whose call is the one position it has. */
export function rawOfDeclared(declared: DeclaredItem): RawItem {
  const { source, ...values } = declared;
  return {
    origin: 'typescript',
    values,
    source,
    positionOf: () => source,
    namePositionOf: () => source,
    sourceOf: () => '',
  };
}
