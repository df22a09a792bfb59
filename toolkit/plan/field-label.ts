import type { FieldChange, JsonValue } from '../model/index.ts';
import { identityOf } from './element-identity.ts';
import { childOf, pointerSteps } from './json-pointer.ts';

/** A field as people say it: `/groups/0/rules/3/expr` is `groups[host].rules[HostDown].expr`. */
export function fieldLabel(field: FieldChange, before: JsonValue, after: JsonValue): string {
  return pointerLabel(field.pointer, field.after === undefined ? before : after);
}

/** A pointer into `document` with list elements by name, where they have one. */
function pointerLabel(pointer: string, document: JsonValue): string {
  let value: JsonValue | undefined = document;
  let label = '';
  for (const step of pointerSteps(pointer) ?? []) {
    const child = childOf(value, step);
    label += Array.isArray(value)
      ? `[${child === undefined ? step : (identityOf(child)?.title ?? step)}]`
      : keyLabel(step, label === '');
    value = child;
  }
  return label === '' ? 'everything' : label;
}

function keyLabel(key: string, isFirst: boolean): string {
  if (!/^[\p{L}\p{N}_-]+$/u.test(key)) return `[${JSON.stringify(key)}]`;
  return isFirst ? key : `.${key}`;
}

const namedAtMost = 3;

/** `interval, tags and 4 more`: enough to know what it is about, however many there are. */
export function nameList(names: readonly string[]): string {
  const unique = [...new Set(names)];
  if (unique.length <= namedAtMost) return joinWords(unique);
  return `${unique.slice(0, namedAtMost).join(', ')} and ${unique.length - namedAtMost} more`;
}

function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
