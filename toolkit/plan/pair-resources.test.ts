import { describe, expect, it } from 'vitest';
import type { Address, AppliedResource } from '../model/index.ts';
import { plainResource } from '../testing/arbitraries.ts';
import { appliedRecord } from './applied-record.ts';
import { pairResources } from './pair-resources.ts';

function at(name: string): Address {
  return `east/rule/${name}` as Address;
}

function declared(name: string, aliases: readonly string[] = [], line = 1) {
  const source = { file: 'stacks/east.ts', line, column: 1 };
  return plainResource(at(name), {
    aliases: aliases.map((alias) => (alias.includes('/') ? (alias as Address) : at(alias))),
    source,
  });
}

function recorded(name: string): AppliedResource {
  return appliedRecord(plainResource(at(name)), {});
}

describe('pairing declarations with records', () => {
  it.each([
    { name: 'by address', desired: [declared('a')], records: ['a'], pairs: ['a = a'], codes: [] },
    { name: 'a new one has no record', desired: [declared('a')], records: [], pairs: ['a = -'], codes: [] },
    { name: 'a removed one has no declaration', desired: [], records: ['a'], pairs: ['- = a'], codes: [] },
    { name: 'by alias', desired: [declared('b', ['a'])], records: ['a'], pairs: ['b = a'], codes: [] },
    {
      name: 'by whichever alias is known',
      desired: [declared('c', ['b', 'a'])],
      records: ['a'],
      pairs: ['c = a'],
      codes: [],
    },
    {
      name: 'an alias is idle once the record has moved',
      desired: [declared('b', ['a'])],
      records: ['b'],
      pairs: ['b = b'],
      codes: [],
    },
    {
      name: 'its own address wins over an alias',
      desired: [declared('b', ['a'])],
      records: ['a', 'b'],
      pairs: ['- = a', 'b = b'],
      codes: [],
    },
    {
      name: 'an alias that the state does not know is told',
      desired: [declared('b', ['x']), declared('a')],
      records: ['a'],
      pairs: ['a = a', 'b = -'],
      codes: ['plan/alias-unknown at 1 about east/rule/b'],
    },
    {
      name: 'nobody knows an alias where nothing was applied yet',
      desired: [declared('b', ['x'])],
      records: [],
      pairs: ['b = -'],
      codes: [],
    },
    {
      name: 'an alias of itself says nothing',
      desired: [declared('a', ['a'])],
      records: ['a'],
      pairs: ['a = a'],
      codes: [],
    },
    {
      name: 'an alias that is still declared is refused',
      desired: [declared('a'), declared('b', ['a'])],
      records: ['a'],
      pairs: ['a = a', 'b = -'],
      codes: ['plan/alias-still-declared at 1 about east/rule/b'],
    },
    {
      name: 'two that swap names are refused, as each alias is still declared',
      desired: [declared('a', ['b']), declared('b', ['a'])],
      records: ['a', 'b'],
      pairs: ['a = a', 'b = b'],
      codes: ['plan/alias-still-declared at 1 about east/rule/a', 'plan/alias-still-declared at 1 about east/rule/b'],
    },
    {
      name: 'an alias that two claim stays with the first',
      desired: [declared('c', ['a'], 7), declared('b', ['a'])],
      records: ['a'],
      pairs: ['b = a', 'c = -'],
      codes: ['plan/alias-claimed-twice at 7 about east/rule/c'],
    },
    {
      name: 'two records for one resource are refused',
      desired: [declared('c', ['a', 'b'])],
      records: ['a', 'b'],
      pairs: ['- = b', 'c = a'],
      codes: ['plan/alias-ambiguous at 1 about east/rule/c'],
    },
    {
      name: 'an alias in another stack is refused',
      desired: [declared('a', ['west/rule/a'])],
      records: [],
      pairs: ['a = -'],
      codes: ['plan/alias-elsewhere at 1 about east/rule/a'],
    },
    {
      name: 'an alias of another type is refused',
      desired: [declared('a', ['east/note/a'])],
      records: [],
      pairs: ['a = -'],
      codes: ['plan/alias-elsewhere at 1 about east/rule/a'],
    },
    {
      name: 'of two with one address the first in the sources is kept',
      desired: [declared('a', [], 9), declared('a', [], 3)],
      records: [],
      pairs: ['a = -'],
      codes: ['plan/duplicate-address at 9 about east/rule/a'],
    },
  ])('$name', ({ desired, records, pairs, codes }) => {
    for (const order of [desired, desired.toReversed()]) {
      const paired = pairResources(order, records.map(recorded));
      const found = paired.pairs.map(
        (pair) => `${shortName(pair.desired?.address)} = ${shortName(pair.record?.address)}`,
      );
      expect(found).toEqual(pairs);
      expect(
        paired.findings.map(({ code, position, subject }) => `${code} at ${position?.line} about ${subject}`),
      ).toEqual(codes);
    }
  });
});

function shortName(address: Address | undefined): string {
  return address?.split('/')[2] ?? '-';
}
