import type { KnipConfig } from 'knip';

/** What starts a process or is loaded by name; package.json's `exports` and the tests are found without being listed. */
const entries = [
  'cli/*.js',
  'cli/program.ts',
  'tools/*.{ts,mjs,cjs}',
  'tools/{check,quickstart,bench}/main.ts',
  'tools/quickstart/serve-plant.ts',
  'test/support/*.ts',
  'test/oracle/*/record-verdicts.ts',
  // Found by the compilers by the folder they lie in; what they need from other content files, they import.
  '{stacks,policies,cmdb/items}/*.ts',
  'cmdb/organisation/index.ts',
  // Loaded by Pulumi.
  'stacks/pulumi/**/*.js',
  // Surfaces for the rule linter, the compilers and `opsctl`; what of them is used is theirs to choose.
  'toolkit/languages/promql/{,build/}index.ts',
  // The only code that the sandbox's child is told to load.
  'toolkit/operate/session.ts',
];

const config: KnipConfig = {
  entry: entries,
  project: ['**/*.{ts,js,mjs,cjs}', '!**/fixtures/**', '!dist/**'],
  // Where they are installed: one judges PromQL as the current Prometheus does, one makes certificates for a test.
  ignoreBinaries: ['go', 'openssl'],
  // A type that only its own file uses may still be part of what an exported function says.
  ignoreExportsUsedInFile: { type: true, interface: true },
  ignoreDependencies: [
    // Run by tools/check through their files, so on this Node and not on the machine's.
    '@biomejs/biome',
    '@typescript/native',
  ],
};

export default config;
