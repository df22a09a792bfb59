import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attributes, AttributeValues } from './attribute.ts';
import { callSite } from './call-site.ts';
import type { LifecycleStage } from './configuration-item.ts';
import { holdToShape } from './hold-to-shape.ts';
import { itemsShape } from './items-shapes.ts';
import type { ObjectClass } from './object-class.ts';
import type { Criticality } from './organisation.ts';
import type { BilingualText } from './text.ts';

/** An item as content declares it in TypeScript; the same checks as for YAML and CSV complete it. */
export interface DeclaredItem {
  readonly id: string;
  readonly class: string;
  readonly title?: BilingualText;
  readonly site: string;
  readonly owner: string;
  readonly tenant?: string;
  readonly criticality?: Criticality;
  readonly stage?: LifecycleStage;
  readonly supplier?: string;
  readonly identity?: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Relation name to one id or several: `{ 'runs-on': 'mes-vm-1' }`. */
  readonly relations?: Readonly<Record<string, string | readonly string[]>>;
  readonly source: SourceSpan;
}

/** What `defineItems` gives. */
export interface ItemsDeclaration {
  readonly kind: 'items';
  readonly items: readonly DeclaredItem[];
}

type ItemHead<Declared extends Attributes> = Omit<DeclaredItem, 'class' | 'attributes' | 'source'> & {
  readonly attributes: AttributeValues<Declared>;
};

/** Declares items of one class with typed attributes; a default export of `cmdb/items/*.ts`, alone or in a list. */
export function defineItems<Declared extends Attributes, SignalName extends string>(
  objectClass: ObjectClass<Declared, SignalName>,
  heads: readonly ItemHead<Declared>[],
): ItemsDeclaration {
  const source = callSite(defineItems);
  holdToShape(itemsShape, { class: objectClass, items: heads }, 'defineItems(class, [...])', source);
  return { kind: 'items', items: heads.map((head) => ({ ...head, class: objectClass.id, source })) };
}
