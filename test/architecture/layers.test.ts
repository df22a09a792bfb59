import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeImport, type Import, importsOf, isTest, root, sourcesIn } from './imports.ts';

const flows = ['change', 'desk', 'runbook'];
const library = [
  'host',
  'languages',
  'model',
  'compile',
  'plan',
  'policy',
  'lint',
  'import',
  'rule-tests',
  'history',
  'render-dashboard',
  'render-manifests',
  'engine',
  'operate',
  ...flows,
  'evidence',
];

/** Folders in which the parts do not know each other; what they share lies beside them, or below. */
const siblings: Readonly<Record<string, readonly string[]>> = {
  'toolkit/compile': foldersIn('toolkit/compile'),
  'toolkit/providers': foldersIn('toolkit/providers'),
  'toolkit/engine': ['embedded', 'pulumi'],
};

/** Which layers each layer may import, besides itself and `diagnostics`, which is open to all. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  host: [],
  languages: [],
  model: [],
  compile: ['model', 'host', 'languages'],
  plan: ['model'],
  policy: ['plan', 'model', 'languages'],
  lint: ['model', 'languages'],
  import: ['lint', 'model', 'languages'],
  'rule-tests': ['model', 'languages'],
  history: ['model', 'languages'],
  'render-dashboard': ['languages'],
  'render-manifests': ['model', 'languages'],
  engine: ['plan', 'model', 'host'],
  providers: ['model', 'languages', 'host'],
  // One operation from content to target, with the providers and the engine handed in.
  operate: [
    'history',
    'render-dashboard',
    'engine',
    'import',
    'lint',
    'rule-tests',
    'policy',
    'plan',
    'compile',
    'model',
    'languages',
    'host',
  ],
  change: ['policy', 'plan', 'model', 'languages', 'host'],
  desk: ['policy', 'plan', 'model', 'languages', 'host'],
  runbook: ['policy', 'plan', 'model', 'languages', 'host'],
  evidence: [...flows, 'policy', 'plan', 'model', 'languages', 'host'],
  // What content imports runs in the sandbox; content.test.ts says what may lie behind it.
  'authoring.ts': ['model', 'compile', 'policy', 'languages'],
  'index.ts': library,
  // Its sample organisation uses the catalogues, as content does.
  testing: [...library, 'index.ts', 'authoring.ts', 'cmdb', 'alerts', 'dashboards', 'policies'],
  portal: ['index.ts'],
};

const sources = [...sourcesIn('toolkit'), ...sourcesIn('portal'), ...sourcesIn('cli')].filter((file) => !isTest(file));
const imports = sources.flatMap(importsOf).filter(({ kind }) => kind !== 'library');

describe('layers', () => {
  it('every folder of the toolkit has its line in the table', () => {
    const layers = new Set(sources.filter((file) => !file.startsWith('cli/')).map(layerOf));
    expect([...layers].filter((layer) => !(layer in mayImport))).toEqual([]);
  });

  it.each(Object.entries(mayImport))('%s imports only the layers below it', (layer, below) => {
    const allowed = [layer, 'diagnostics', ...below];
    const upward = imports.filter(({ file, target }) => layerOf(file) === layer && !allowed.includes(layerOf(target)));
    expect(upward.map(describeImport)).toEqual([]);
  });

  it.each(Object.entries(siblings))('the folders inside %s do not import each other', (parent, names) => {
    const across = imports.filter(({ file, target }) => {
      const [from, to] = [file, target].map((path) => names.find((name) => path.startsWith(`${parent}/${name}/`)));
      return from !== undefined && to !== undefined && from !== to;
    });
    expect(across.map(describeImport)).toEqual([]);
  });

  it('only cli/wire.ts names the real providers', () => {
    const naming = imports.filter(
      ({ file, target }) => layerOf(target) === 'providers' && layerOf(file) !== 'providers',
    );
    expect(naming.filter(({ file }: Import) => file !== 'cli/wire.ts').map(describeImport)).toEqual([]);
  });

  it('nothing imports the program, the tests or what maintains the repository', () => {
    const tops = ['cli', 'test', 'tools'];
    const wrong = imports.filter(({ file, target }) => tops.includes(topOf(target)) && topOf(target) !== topOf(file));
    expect(wrong.map(describeImport)).toEqual([]);
  });
});

/** `toolkit/plan/order.ts` -> `plan`, `toolkit/index.ts` -> `index.ts`, `cli/wire.ts` -> `cli`. */
function layerOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'toolkit' ? second : top;
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function foldersIn(parent: string): string[] {
  return globSync('*/', { cwd: join(root, parent) }).map((folder) => folder.replace(/\/$/, ''));
}
