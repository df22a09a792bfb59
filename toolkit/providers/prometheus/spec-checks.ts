import type { Diagnostic } from '../../diagnostics/index.ts';
import { isJsonObject, type JsonValue, parseDuration, type Resource } from '../../model/index.ts';
import { prometheusDiagnostics } from './diagnostics.ts';

export function badSpec(resource: Resource, pointer: string, expected: string): Diagnostic {
  return prometheusDiagnostics.create('bad-spec', { pointer, expected }, occurrenceOf(resource));
}

const durationFields = [
  'scrape_interval',
  'scrape_timeout',
  'evaluation_interval',
  'interval',
  'for',
  'keep_firing_for',
];

export function badDurations(
  resource: Resource,
  object: JsonValue | undefined,
  pointer: string,
): readonly Diagnostic[] {
  if (!isJsonObject(object)) return [];
  return durationFields.flatMap((field) => {
    const text = object[field];
    if (text === undefined || (typeof text === 'string' && parseDuration(text) !== null)) return [];
    const facts = { text: String(text), pointer: `${pointer}/${field}` };
    return [prometheusDiagnostics.create('bad-duration', facts, occurrenceOf(resource))];
  });
}

const labelName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A map of label or annotation names to texts. */
export function badLabels(resource: Resource, labels: JsonValue | undefined, pointer: string): readonly Diagnostic[] {
  if (labels === undefined) return [];
  if (!isJsonObject(labels)) return [badSpec(resource, pointer, 'an object of texts')];
  return Object.entries(labels).flatMap(([label, value]) => {
    if (typeof value !== 'string') return [badSpec(resource, `${pointer}/${label}`, 'a text')];
    if (labelName.test(label)) return [];
    return [prometheusDiagnostics.create('bad-label', { label, pointer }, occurrenceOf(resource))];
  });
}

function occurrenceOf(resource: Resource) {
  return { position: resource.source, subject: resource.address };
}
