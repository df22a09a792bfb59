import { standardClasses } from 'opsctl/cmdb';
import { type CompiledGroup, compileGroup } from '../../toolkit/compile/compile-group.ts';
import type { GroupDeclarations } from '../../toolkit/compile/group-declarations.ts';
import {
  type Attribute,
  type ConfigurationItem,
  type JsonValue,
  type ObjectClass,
  targetNames,
} from '../../toolkit/model/index.ts';
import { sampleGroup, sampleItem, sampleStacks } from '../../toolkit/testing/sample-group.ts';

/** A plant with items of every class of the catalogue, and of each kind that a class tells apart, such as makers. */
export function compileWholeCatalogue(): CompiledGroup {
  return compileGroup(wholeCatalogue());
}

/** The same as declarations; of so many items of mixed classes, where it is said. */
export function wholeCatalogue(count?: number): GroupDeclarations {
  const stacks = sampleStacks().map((stack) => (stack.name === 'plant' ? { ...stack, targets: targetNames } : stack));
  const one = standardClasses.flatMap(itemsOf);
  const items = Array.from({ length: count ?? one.length }, (_, index) => nth(one, index)).filter(
    (item) => item !== null,
  );
  return sampleGroup({ stacks, items });
}

/** Round after round, under other ids. */
function nth(items: readonly ConfigurationItem[], index: number): ConfigurationItem | null {
  const item = items[index % items.length];
  const round = Math.floor(index / items.length);
  return item === undefined || round === 0 ? (item ?? null) : { ...item, id: `${item.id}-r${round}` };
}

function itemsOf({ id, attributes }: ObjectClass): readonly ConfigurationItem[] {
  const values = Object.entries(attributes).map(([name, attribute]) => [name, valuesFor(attribute, id)] as const);
  const kinds = Math.max(1, ...values.map(([, all]) => all.length));
  return Array.from({ length: kinds }, (_, index) => {
    const own = values.map(([name, all]) => [name, all[index] ?? all[0] ?? null] as const);
    return sampleItem(`${id}-${index + 1}`, id, Object.fromEntries(own), { criticality: 'critical' });
  });
}

/** All values of a choice; of anything else, one that its schema takes. */
function valuesFor({ schema }: Attribute, id: string): readonly JsonValue[] {
  if (Array.isArray(schema.enum)) return schema.enum as readonly JsonValue[];
  if (schema.type === 'integer' || schema.type === 'number') return [(schema.minimum as number | undefined) ?? 1];
  if (schema.type === 'boolean') return [false];
  if (schema.type === 'array') return [[]];
  if (schema.writeOnly === true) return ['env:SAMPLE'];
  return [String(schema.pattern).startsWith('^https?') ? `http://${id}.example` : `${id}.example`];
}
