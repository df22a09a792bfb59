import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Resource } from '../../model/index.ts';
import { grafanaDiagnostics } from './diagnostics.ts';

export function badSpec(resource: Resource, pointer: string, expected: string): Diagnostic {
  return grafanaDiagnostics.create('bad-spec', { pointer, expected }, occurrenceOf(resource));
}

export function occurrenceOf(resource: Resource) {
  return { position: resource.source, subject: resource.address };
}
