import { expect, it } from 'vitest';
import { failureOf, reasonIn } from './pulumi-command.ts';

const key = { environment: 'lab', stack: 'plant-1' };

it.each([
  {
    name: 'a lock of a file backend names its holder',
    printed:
      'error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n  file:///srv/locks/1.json: created by ann@ops-1 (pid 7) at 2026-11-21T20:00:00Z\n',
    code: 'pulumi/state-locked',
    detail: 'Somebody else works on stack plant-1 of lab: created by ann@ops-1 (pid 7) at 2026-11-21T20:00:00Z.',
  },
  {
    name: 'a lock of the service',
    printed: 'error: [409] Conflict: Another update is currently in progress.',
    code: 'pulumi/state-locked',
    detail: 'Somebody else works on stack plant-1 of lab: [409] Conflict: Another update is currently in progress.',
  },
  {
    name: 'a wrong passphrase',
    printed: 'error: getting stack configuration: get stack secrets manager: incorrect passphrase',
    code: 'pulumi/wrong-passphrase',
    detail:
      'The secrets of stack plant-1 of lab do not open: getting stack configuration: get stack secrets manager: incorrect passphrase.',
  },
  {
    name: 'nobody logged in',
    printed: 'error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions',
    code: 'pulumi/no-backend',
    detail:
      'Where its states are is not known, or does not answer: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions.',
  },
  {
    name: 'a database that does not answer, without its password',
    printed:
      'error: unable to open state database "postgres://pulumi:geheim@db-1/states": failed to ping PostgreSQL: connection refused',
    code: 'pulumi/no-backend',
    detail:
      'Where its states are is not known, or does not answer: unable to open state database "postgres://pulumi:***@db-1/states": failed to ping PostgreSQL: connection refused.',
  },
  {
    name: 'anything else in its own words',
    printed: '\nerror: the sky has fallen\n',
    code: 'pulumi/cannot-read',
    detail: 'What was last applied for stack plant-1 of lab is not known: the sky has fallen.',
  },
])('$name: $code', ({ printed, code, detail }) => {
  const { diagnostic } = failureOf(key, printed);
  expect([diagnostic.code, diagnostic.detail]).toEqual([code, detail]);
});

it('silence is said to be silence', () => {
  expect(reasonIn('\n')).toBe('it did not say why.');
});
