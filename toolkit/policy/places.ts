import type { SourceSpan } from '../diagnostics/index.ts';
import type { ResourcePart } from '../model/index.ts';
import type { PolicyInput, Violation } from './policy.ts';

/** Finds where a violation is to be shown: where it says itself, else where its item or its subject is declared. */
export function indexPlaces(input: PolicyInput): (violation: Violation) => SourceSpan | undefined {
  // Made when the first violation asks: most of the time nothing is wrong.
  let places: ReadonlyMap<string, SourceSpan> | null = null;
  return ({ position, item, subject }) => {
    if (position !== undefined) return position;
    places ??= sourcesByName(input);
    return places.get(item ?? '') ?? places.get(subject) ?? places.get(withoutPart(subject));
  };
}

/** Of a stack and an item of one name, the item: far more findings are about items. */
function sourcesByName({ items, resources, stacks }: PolicyInput): ReadonlyMap<string, SourceSpan> {
  const places = new Map<string, SourceSpan>();
  for (const { name, source } of stacks) places.set(name, source);
  for (const { address, source, parts } of resources) {
    places.set(address, source);
    for (const part of parts) {
      const declared = declarationOf(part);
      if (declared !== undefined) places.set(`${address}#${part.name}`, declared);
    }
  }
  for (const { id, source } of items) places.set(id, source);
  return places;
}

/** A rule that is written by hand stands somewhere itself; one that is derived is as its item is declared. */
function declarationOf({ derivation }: ResourcePart): SourceSpan | undefined {
  const step = derivation.at(-1);
  return step?.kind === 'declaration' ? step.source : undefined;
}

function withoutPart(subject: string): string {
  const mark = subject.indexOf('#');
  return mark < 0 ? subject : subject.slice(0, mark);
}
