import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnosticCatalogues } from '../../tools/reference/diagnostic-catalogues.ts';
import { root } from './markdown.ts';

const sources = globSync(['toolkit/**/*.ts', 'cli/**/*.ts'], {
  cwd: root,
  exclude: ['**/*.test.ts', '**/test-bed.ts'],
});
const declared = sources.flatMap((file) => areasIn(readFileSync(join(root, file), 'utf8')));

describe('the list of diagnostics', () => {
  it('has every area that the sources declare, and no other', () => {
    const listed = diagnosticCatalogues.map(({ area }) => area);
    expect(listed.toSorted()).toEqual(declared.toSorted());
  });

  it('has areas and codes in kebab-case, each area once', () => {
    const areas = diagnosticCatalogues.map(({ area }) => area);
    expect(areas).toEqual([...new Set(areas)]);
    const codes = diagnosticCatalogues.flatMap(({ area, definitions }) => [area, ...Object.keys(definitions)]);
    expect(codes.filter((code) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  it('has summaries without a full stop', () => {
    const summaries = diagnosticCatalogues.flatMap(({ definitions }) =>
      Object.values(definitions).map(({ summary }) => summary),
    );
    expect(summaries.filter((summary) => /\.$/.test(summary))).toEqual([]);
  });
});

/** Calls, not the example in a comment. */
function areasIn(text: string): readonly string[] {
  return [...text.matchAll(/^(?:export )?const \w+ = defineDiagnostics\('([^']+)'/gm)].map(([, area = '']) => area);
}
