import { Failure } from '../../diagnostics/index.ts';
import { listOf, type Manifest, mappingOf, textOf } from '../../languages/kubernetes/index.ts';
import type { ApiAnswer } from './api-client.ts';
import { type HeldField, kubernetesDiagnostics } from './diagnostics.ts';

/**
 * What an answer that is no success means. `object` is what was asked about, for people. `isConfidential`: the object
 * holds secrets, and the server likes to quote what it refuses, so what it says of values is left out.
 */
export function failureOf(object: string, { status, body }: ApiAnswer, isConfidential = false): Failure {
  const said = isConfidential ? withoutValues(messageOf(body)) : messageOf(body);
  const held = conflictsIn(body);
  if (held.length > 0) return new Failure(kubernetesDiagnostics.create('field-conflict', { object, held }));
  if (isNamespaceEnding(body)) {
    const namespace = /in namespace (\S+)/.exec(said)?.[1] ?? 'its namespace';
    return new Failure(kubernetesDiagnostics.create('namespace-ending', { object, namespace, reason: '' }));
  }
  if (
    /^admission webhook |denied (the )?request|ValidatingAdmissionPolicy|violates PodSecurity|exceeded quota/.test(said)
  )
    return new Failure(kubernetesDiagnostics.create('denied', { object, said }));
  if (status === 403) return new Failure(kubernetesDiagnostics.create('forbidden', { object, said }));
  const missing = /namespaces "([^"]+)" not found/.exec(said)?.[1];
  if (missing !== undefined)
    return new Failure(kubernetesDiagnostics.create('no-namespace', { object, namespace: missing }));
  const causes = causesIn(body, isConfidential);
  if (causes.some((cause) => cause.includes('field is immutable')))
    return new Failure(kubernetesDiagnostics.create('immutable', { object, causes }));
  const untyped = untypedField(said);
  if (status === 422 || status === 400 || untyped !== null) {
    const named = untyped === null ? causes : [untyped];
    return new Failure(kubernetesDiagnostics.create('invalid', { object, causes: named.length > 0 ? named : [said] }));
  }
  return new Failure(kubernetesDiagnostics.create('bad-answer', { object, status, said }));
}

/** What a kind has no field for is an error inside the server, as it sees it: the path is in the text. */
function untypedField(said: string): string | null {
  const [, field, problem] =
    /failed to create typed patch object .*?: \.?([^\s:]+): (field not declared.*)$/s.exec(said) ?? [];
  return field === undefined ? null : `${field}: ${problem}`;
}

/** Fields that another manager holds, as a refused server-side apply names them. */
function conflictsIn(body: Manifest): readonly HeldField[] {
  return listOf(mappingOf(body.details).causes)
    .map(mappingOf)
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message, field }) => ({
      manager: /conflict with "([^"]+)"/.exec(textOf(message))?.[1] ?? textOf(message),
      field: textOf(field).replace(/^\./, ''),
    }));
}

function isNamespaceEnding(body: Manifest): boolean {
  const causes = listOf(mappingOf(body.details).causes).map(mappingOf);
  return (
    causes.some(({ reason }) => reason === 'NamespaceTerminating') ||
    /because it is being terminated/.test(messageOf(body))
  );
}

/** `spec.replicas: Invalid value: -1: must be greater than or equal to 0`, one for each field. */
function causesIn(body: Manifest, isConfidential: boolean): readonly string[] {
  const causes = listOf(mappingOf(body.details).causes)
    .map(mappingOf)
    .map(({ field, message }) => {
      const said = isConfidential ? withoutValues(textOf(message)) : textOf(message);
      return textOf(field) === '' ? said : `${textOf(field)}: ${said}`;
    });
  return [...new Set(causes)].filter((cause) => cause !== '');
}

/** Without the full stop, and without what names the object once more. */
function messageOf({ message }: Manifest): string {
  return textOf(message).replace(/\.$/, '');
}

function withoutValues(text: string): string {
  return text.replace(
    /(Invalid value|Unsupported value|Duplicate value): .*/s,
    '$1 (not shown, the object holds secrets)',
  );
}
