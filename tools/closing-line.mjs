// Adds up several test runs: prints `N passed, N failed, N skipped` and fails when anything did. It also runs where the
// installation of Node 26 failed, so it is plain JavaScript for the machine's own Node.
//
//   node tools/closing-line.mjs EXIT_CODE RESULTS [EXIT_CODE RESULTS ...]
import { existsSync, readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const runs = Array.from({ length: args.length / 2 }, (_, run) =>
  countsOf(Number(args[2 * run]), args[2 * run + 1] ?? ''),
);
const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ kind) => runs.reduce((total, run) => total + run[kind], 0);

console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exitCode = sum('failed') === 0 ? 0 : 1;

/**
 * @param {number} exitCode
 * @param {string} file vitest's JSON report; there is none when a run did not get as far as its tests.
 */
function countsOf(exitCode, file) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const failed = report.numFailedTests ?? 0;
  return {
    passed: report.numPassedTests ?? 0,
    // What fails a run without failing a test (the static check, a file that does not load) must be counted, too.
    failed: exitCode !== 0 && failed === 0 ? 1 : failed,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}
