import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardPolicies } from '../../policies/catalogue/index.ts';
import { compileDiagnostics } from '../../toolkit/compile/compile-diagnostics.ts';
import { silenceDiagnostics } from '../../toolkit/compile/silences/diagnostics.ts';
import { sloDiagnostics } from '../../toolkit/compile/slos/slo-diagnostics.ts';
import { checks } from '../../toolkit/lint/registry.ts';

const page = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const [, id, , judged = ''] = /^\| (X\d+) \| (.+) \| (.+) \|$/.exec(line) ?? [];
  return id === undefined ? [] : [{ id, codes: [...judged.matchAll(/`([a-z]+[/:][^`]+)`/g)].map(([, code]) => code) }];
});

const known = new Set([
  ...checks.map(({ code }) => `lint/${code}`),
  ...standardPolicies.map(({ id }) => `policy:${id}`),
  ...Object.keys(compileDiagnostics.definitions).map((code) => `compile/${code}`),
  ...Object.keys(silenceDiagnostics.definitions).map((code) => `silence/${code}`),
  ...Object.keys(sloDiagnostics.definitions).map((code) => `slo/${code}`),
]);

it('the table has each of the 26 cross-checks', () => {
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 26 }, (_, index) => `X${index + 1}`));
});

it('it names only what there is', () => {
  expect(rows.flatMap(({ codes }) => codes).filter((code) => !known.has(code ?? ''))).toEqual([]);
});

it('each has something that judges it', () => {
  expect(rows.filter(({ id, codes }) => codes.length === 0 && id !== 'X21')).toEqual([]);
});
