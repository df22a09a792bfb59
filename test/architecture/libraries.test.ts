import { describe, expect, it } from 'vitest';
import { describeImport, type Import, importsOf, isTest, sourcesIn } from './imports.ts';

/**
 * The one folder each outside library may be imported in. The rest of the code sees our own small types, so a library
 * can be replaced, and its surprises looked for, in one place.
 */
const homes: Readonly<Record<string, string | readonly string[]>> = {
  '@grafana/grafana-foundation-sdk': 'test/compiled',
  '@kubernetes/client-node': 'toolkit/providers/kubernetes',
  '@lezer/common': 'toolkit/languages/promql',
  '@lezer/lr': 'toolkit/languages/promql',
  '@prometheus-io/lezer-promql': 'toolkit/languages/promql',
  '@pulumi/kubernetes': 'toolkit/engine/pulumi',
  '@pulumi/pulumi': 'toolkit/engine/pulumi',
  // In tests, for the dialect of Kubernetes, which no content may use.
  ajv: ['toolkit/languages/json-schema', 'test/support'],
  'cli-table3': 'tools/bench',
  commander: 'cli',
  'csv-parse': 'toolkit/languages/csv',
  echarts: 'toolkit/render-dashboard',
  octokit: 'toolkit/host',
  'prom-client': 'toolkit/evidence',
  'simple-git': 'toolkit/host',
  // Two readers of our own sources; they share no code, as one is a test of the other's folder too.
  typescript: ['test/architecture', 'tools/reference'],
  yaml: 'toolkit/languages/yaml',
  'yocto-spinner': 'cli',
  zx: 'toolkit/runbook',
};

/** For tests, wherever they lie, and for the kit with which others test. */
const testLibraries = ['vitest', 'fast-check'];

const folders = ['toolkit', 'cli', 'portal', 'test', 'tools'];
const imports = folders
  .flatMap(sourcesIn)
  .flatMap(importsOf)
  .filter(({ kind, target }) => kind === 'library' && !target.startsWith('node:'));

describe('libraries', () => {
  it('every library that is imported has a home', () => {
    const known = [...Object.keys(homes), ...testLibraries];
    const homeless = imports.filter(({ target }) => !known.includes(packageOf(target)));
    expect(homeless.map(describeImport)).toEqual([]);
  });

  it.each(Object.entries(homes))('%s is imported in %s only', (library, home) => {
    const abroad = imports.filter(({ file, target }) => packageOf(target) === library && !isBelow(file, [home].flat()));
    expect(abroad.map(describeImport)).toEqual([]);
  });

  it.each(testLibraries)('%s is imported by tests only', (library) => {
    const abroad = imports.filter((found) => packageOf(found.target) === library && !isTestCode(found));
    expect(abroad.map(describeImport)).toEqual([]);
  });
});

function isBelow(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => file.startsWith(`${folder}/`));
}

function isTestCode({ file }: Import): boolean {
  return isTest(file) || file.startsWith('toolkit/testing/');
}

/** `@scope/name/inner` -> `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
