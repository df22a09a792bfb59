import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readersDiffer } from '../testing/compare-yaml-readers.ts';
import { mutatedBytes, mutatedText } from '../testing/mutations.ts';
import { yamlTexts, yamlValues } from '../testing/yaml-texts.ts';
import { editCsv, parseCsv } from './csv/index.ts';
import { compileSchema } from './json-schema/index.ts';
import { decodeText } from './text-encoding/index.ts';
import { editYaml, parseYaml, printYaml } from './yaml/index.ts';

const runs = { numRuns: 30_000 };
const minutes = 60_000;

const validYaml = `# hosts
defaults: { site: hq, tags: [a, "b", 'c'] }
items:
  - id: mes-1 # first
    title: { en: "x", zh: 名 }
    note: |
      one
      two
    folded: >-
      a
      b
  - &anchor
    id: 2
  - *anchor
`;
const validCsv = '\ufeff# hosts\r\nid;名;"quoted ""x"""\r\na;主机;"1\n2"\r\n\r\nb;;3';

describe('parsers never throw, never hang, and answer with a value or with diagnostics', () => {
  it('text of any bytes', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutatedBytes(Buffer.from(validCsv))), (bytes) => {
        const decoded = decodeText(bytes, 'a.csv');
        if (decoded.kind === 'refused') expect(decoded.diagnostic.position?.line).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('YAML', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mutatedText(validYaml), yamlTexts), (text) => {
        const parsed = parseYaml(text, 'a.yaml');
        if (parsed.value === undefined) expect(parsed.diagnostics.length).toBeGreaterThan(0);
        for (const { position } of parsed.diagnostics) expect(position?.line).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('CSV', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), mutatedText(validCsv)), (text) => {
        const table = parseCsv(text, 'a.csv');
        for (const row of table.rows) expect(row).toHaveLength(table.header.length);
        for (const { position } of table.diagnostics) expect(position?.line).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  it('JSON Schema', { timeout: 10 * minutes }, () => {
    const words = fc.constantFrom(
      'type',
      'enum',
      'pattern',
      'properties',
      'items',
      'required',
      'minimum',
      'anyOf',
      '$ref',
      'string',
    );
    const schemas = fc.object({ key: words, values: [words, fc.integer(), fc.boolean(), fc.string()], maxDepth: 3 });
    fc.assert(
      fc.property(schemas, fc.jsonValue(), (schema, value) => {
        const compiled = compileSchema(schema);
        if (compiled.kind === 'compiled') expect(Array.isArray(compiled.check(value))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the two readers of YAML', () => {
  it('agree about every text that both read', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(fc.oneof(yamlTexts, mutatedText(validYaml)), (text) => {
        if (!/\r(?!\n)/.test(text)) expect(readersDiffer(text)).toBeNull();
      }),
      { numRuns: 200_000 },
    );
  });

  it('read back what is printed', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(yamlValues, (value) => {
        if (JSON.stringify(value).includes('"__proto__":')) return;
        expect(parseYaml(printYaml(value), 'a.yaml').value).toEqual(value);
      }),
      runs,
    );
  });
});

describe('edits change one value or nothing', () => {
  const scalar = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null));

  it('in YAML', { timeout: 10 * minutes }, () => {
    const pointer = fc.constantFrom(
      '/items/0/id',
      '/items/0/title/zh',
      '/items/0/note',
      '/items/0/folded',
      '/defaults/tags/1',
    );
    fc.assert(
      fc.property(pointer, scalar, (place, value) => {
        const result = editYaml(validYaml, 'a.yaml', [{ pointer: place, value }]);
        if (result.kind === 'refused') return;
        const steps = place.slice(1).split('/');
        const found = steps.reduce<unknown>(
          (at, step) => (at as Record<string, unknown>)[step],
          parseYaml(result.text, 'a.yaml').value,
        );
        expect(found).toEqual(value);
      }),
      { numRuns: 10_000 },
    );
  });

  it('in CSV', { timeout: 10 * minutes }, () => {
    fc.assert(
      fc.property(fc.constantFrom('id', '名'), fc.string({ unit: 'binary', maxLength: 8 }), (column, value) => {
        const result = editCsv(validCsv, 'a.csv', [{ row: 0, column, value }]);
        if (result.kind === 'refused') return;
        const [before, after] = [parseCsv(validCsv, 'a.csv'), parseCsv(result.text, 'a.csv')];
        expect(after.rows[0]?.[after.header.indexOf(column)]).toBe(value);
        expect(after.rows[1]).toEqual(before.rows[1]);
      }),
      runs,
    );
  });
});
