import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../languages/kubernetes/index.ts';
import { failureOf } from './api-failure.ts';

const cause = (reason: string, field: string, message: string): Manifest => ({ reason, field, message });
const answer = (status: number, message: string, causes: readonly Manifest[] = []) => ({
  status,
  body: { kind: 'Status', status: 'Failure', message, details: { causes } },
});

describe('an answer of the API server is told as what it means', () => {
  it.each([
    {
      name: 'a field that another manager holds',
      said: answer(409, 'Apply failed with 1 conflict', [
        cause('FieldManagerConflict', '.spec.replicas', 'conflict with "hpa" using autoscaling/v2'),
      ]),
      code: 'field-conflict',
      detail: 'Deployment a/b: spec.replicas is held by hpa.',
    },
    {
      name: 'a value that is not allowed',
      said: answer(422, 'Deployment "b" is invalid', [
        cause('FieldValueInvalid', 'spec.replicas', 'Invalid value: -1: must be positive'),
      ]),
      code: 'invalid',
      detail: 'Deployment a/b: spec.replicas: Invalid value: -1: must be positive.',
    },
    {
      name: 'a field that the kind has not, which the server takes for its own mistake',
      said: answer(
        500,
        'failed to create typed patch object (a/b; apps/v1, Kind=Deployment): .spec.replicaz: field not declared in schema',
      ),
      code: 'invalid',
      detail: 'Deployment a/b: spec.replicaz: field not declared in schema.',
    },
    {
      name: 'a field that never changes',
      said: answer(422, 'invalid', [
        cause('FieldValueInvalid', 'spec.selector', 'Invalid value: {}: field is immutable'),
      ]),
      code: 'immutable',
      detail: 'Deployment a/b: spec.selector: Invalid value: {}: field is immutable.',
    },
    {
      name: 'a right that the user has not',
      said: answer(403, 'deployments.apps "b" is forbidden: User "u" cannot patch resource "deployments"'),
      code: 'forbidden',
      detail: 'Deployment a/b: deployments.apps "b" is forbidden: User "u" cannot patch resource "deployments".',
    },
    {
      name: 'a webhook that says no',
      said: answer(403, 'admission webhook "guard.example" denied the request: no tag latest'),
      code: 'denied',
      detail: 'Deployment a/b: admission webhook "guard.example" denied the request: no tag latest.',
    },
    {
      name: 'a quota that is used up',
      said: answer(
        403,
        'pods "b" is forbidden: exceeded quota: small, requested: pods=1, used: pods=5, limited: pods=5',
      ),
      code: 'denied',
      detail:
        'Deployment a/b: pods "b" is forbidden: exceeded quota: small, requested: pods=1, used: pods=5, limited: pods=5.',
    },
    {
      name: 'a namespace that is being deleted',
      said: answer(403, 'forbidden: unable to create new content in namespace a because it is being terminated', [
        cause('NamespaceTerminating', 'metadata.namespace', 'namespace a is being terminated'),
      ]),
      code: 'namespace-ending',
      detail: 'Deployment a/b: nothing new is taken in a.',
    },
    {
      name: 'a namespace that is not there',
      said: answer(404, 'namespaces "a" not found'),
      code: 'no-namespace',
      detail: 'Deployment a/b: the cluster has no namespace a, and the plan makes none.',
    },
    {
      name: 'anything else',
      said: answer(507, 'no space left.'),
      code: 'bad-answer',
      detail: 'Deployment a/b: status 507: no space left.',
    },
  ])('$name', ({ said, code, detail }) => {
    expect(failureOf('Deployment a/b', said).diagnostic).toMatchObject({ code: `kubernetes/${code}`, detail });
  });

  it('and says nothing of values where the object holds secrets', () => {
    const said = answer(422, 'Secret "b" is invalid: data[a]: Invalid value: "sesame"', [
      cause('FieldValueInvalid', 'data[a]', 'Invalid value: "sesame": too short'),
    ]);
    const { detail } = failureOf('Secret a/b', said, true).diagnostic;
    expect(detail).toBe('Secret a/b: data[a]: Invalid value (not shown, the object holds secrets).');
  });
});
