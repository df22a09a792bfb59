import { expect, it } from 'vitest';
import type { TrialRequest } from '../../model/index.ts';
import { asCall } from './try-as.ts';

const somebody = { name: 'x', groups: ['mes', 'system:authenticated'] };
const configMaps = '/api/v1/namespaces/a/configmaps';

it.each<{ readonly name: string; readonly request: TrialRequest; readonly path: string }>([
  { name: 'a look', request: { as: null, method: 'GET', path: configMaps }, path: configMaps },
  { name: 'making', request: { as: null, method: 'POST', path: configMaps }, path: `${configMaps}?dryRun=All` },
  {
    name: 'making, whatever is asked for',
    request: { as: somebody, method: 'POST', path: `${configMaps}?dryRun=&fieldValidation=Strict` },
    path: `${configMaps}?dryRun=All&fieldValidation=Strict`,
  },
  {
    name: 'changing',
    request: { as: somebody, method: 'PATCH', path: `${configMaps}/a` },
    path: `${configMaps}/a?dryRun=All`,
  },
  {
    name: 'deleting',
    request: { as: somebody, method: 'DELETE', path: `${configMaps}/a` },
    path: `${configMaps}/a?dryRun=All`,
  },
  {
    name: 'a question',
    request: { as: somebody, method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews' },
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  },
  {
    name: 'what only looks like a question',
    request: { as: null, method: 'POST', path: '/apis/authorization.k8s.io/v1/x/selfsubjectaccessreviews' },
    path: '/apis/authorization.k8s.io/v1/x/selfsubjectaccessreviews?dryRun=All',
  },
])('$name changes nothing', ({ request, path }) => {
  expect(asCall(request).path).toBe(path);
});

it('as somebody else, names are asked for and no contents', () => {
  const { headers, accept } = asCall({ as: somebody, method: 'GET', path: configMaps });
  expect(headers).toEqual({ 'Impersonate-User': 'x', 'Impersonate-Group': ['mes', 'system:authenticated'] });
  expect(accept).toMatch(/as=PartialObjectMetadataList/);
  expect(accept).not.toMatch(/json(,|$)/);
});
