import { describe, expect, it } from 'vitest';
import { syntheticOrganisation } from './synthetic-organisation.ts';

describe('a synthetic organisation', () => {
  it('is the same bytes for the same numbers', () => {
    expect(syntheticOrganisation({ resources: 500, seed: 3 })).toEqual(
      syntheticOrganisation({ resources: 500, seed: 3 }),
    );
  });

  it('is another one for another seed', () => {
    const [one, other] = [3, 4].map((seed) =>
      syntheticOrganisation({ resources: 500, seed }).get('cmdb/items/host.csv'),
    );
    expect(one).not.toBe(other);
  });

  it.each([1, 2, 199, 1000, 20_000])('has a row for each of %i resources', (resources) => {
    const files = syntheticOrganisation({ resources, seed: 1 });
    const rows = [...files].filter(([name]) => name.endsWith('.csv')).map(([, text]) => text.split('\n').length - 2);
    expect(rows.reduce((total, count) => total + count, 0)).toBe(resources);
  });

  it('gives no serial number twice, however many items there are', () => {
    const files = syntheticOrganisation({ resources: 60_000, seed: 1 });
    const rows = [...files].flatMap(([name, text]) =>
      name.endsWith('.csv') ? text.trimEnd().split('\n').slice(1) : [],
    );
    expect(new Set(rows.map((row) => row.split(',')[7])).size).toBe(60_000);
  });

  it('reads as the golden files say', async () => {
    const files = syntheticOrganisation({ resources: 5, seed: 7 });
    const text = [...files].map(([name, content]) => `=== ${name}\n${content}`).join('');
    await expect(text).toMatchFileSnapshot('./golden/five-resources.txt');
  });
});
