import { defineConfig } from 'vitest/config';

const longTests = '**/*.long.test.ts';
const notOurs = ['**/node_modules/**', '**/dist/**', '**/.opsctl/**'];

/** Which tests each `--mode` runs; without one: everything but the long tests. */
const modes = {
  test: { include: ['**/*.test.ts'], exclude: [...notOurs, longTests] },
  long: {
    include: [longTests],
    exclude: notOurs,
    globalSetup: ['./test/support/install-programs.ts', './test/support/install-server-programs.ts'],
  },
  // Part of the static check, so it installs nothing.
  architecture: { include: ['test/architecture/**/*.test.ts'], exclude: notOurs, globalSetup: [] },
};

export default defineConfig(({ mode }) => ({
  // `opsctl` and `opsctl/*` mean the sources here, as they do for the type-checker and for ./opsctl in a clone.
  ssr: { resolve: { conditions: ['opsctl-source', 'node'], externalConditions: ['opsctl-source', 'node'] } },
  test: {
    globalSetup: ['./test/support/install-programs.ts'],
    reporters: ['default', './test/support/skip-reporter.ts', ...countsFor(process.env.OPSCTL_TEST_RESULTS)],
    passWithNoTests: true,
    // A shared or busy machine must not fail a correct test; a long test sets its own limit.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...modes[mode as keyof typeof modes],
  },
}));

/** .ci/run adds up the counts of several runs, so each writes them to a file. */
function countsFor(file: string | undefined): ['json', { outputFile: string }][] {
  return file === undefined ? [] : [['json', { outputFile: file }]];
}
