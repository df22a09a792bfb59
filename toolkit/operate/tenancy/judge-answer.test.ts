import { expect, it } from 'vitest';
import { judgeAnswer } from './judge-answer.ts';

const forbidden = 'secrets is forbidden: User "x" cannot list resource "secrets" in API group "" in the namespace "a"';

it.each([
  { name: 'a refusal for want of the right', status: 403, message: forbidden, right: 'none' },
  { name: 'something given', status: 200, right: 'given' },
  { name: 'something that would be made', status: 201, right: 'given' },
  { name: 'an object that is not there', status: 404, message: 'secrets "b" not found', right: 'given' },
  { name: 'an object that is there already', status: 409, message: 'already exists', right: 'given' },
  { name: 'a manifest that is refused', status: 422, message: 'Pod "a" is invalid', right: 'given' },
  { name: 'a quota', status: 403, message: 'pods "a" is forbidden: exceeded quota: tenant', right: 'given' },
  { name: 'a standard', status: 403, message: 'pods "a" is forbidden: violates PodSecurity', right: 'given' },
  {
    name: 'a refusal to be somebody else',
    status: 403,
    message:
      'groups "mes" is forbidden: User "o" cannot impersonate resource "groups" in API group "" at the cluster scope',
    right: 'unknown',
  },
  { name: 'a login that is refused', status: 401, message: 'Unauthorized', right: 'unknown' },
  { name: 'a server that is busy', status: 429, right: 'unknown' },
  { name: 'a server that is broken', status: 500, right: 'unknown' },
])('$name says of the right: $right', ({ status, message, right }) => {
  const body = message === undefined ? {} : { message };
  const said = message === undefined ? `${status}` : `${status}: ${message}`;
  expect(judgeAnswer({ status, body })).toEqual({ right, said });
});
