// `npm test [-- VITEST_ARGUMENT...]`: the static check, then every test but the long ones; with --long only the long ones.
import { runTool } from './run-tool.ts';

const vitest = 'node_modules/vitest/vitest.mjs';
const args = process.argv.slice(2);

process.exitCode = args[0] === '--long' ? await runLongTests(args.slice(1)) : await runChecksAndTests(args);

async function runLongTests(vitestArgs: readonly string[]): Promise<number> {
  return await runTool([vitest, 'run', '--mode', 'long', ...vitestArgs]);
}

async function runChecksAndTests(vitestArgs: readonly string[]): Promise<number> {
  const check = await runTool(['tools/check/main.ts']);
  // The tests run all the same: whoever waits for them wants to know both.
  const tests = await runTool([vitest, 'run', ...vitestArgs]);
  if (check !== 0) console.error('The tests ran, but the check before them FAILED: see its output above.');
  return check || tests;
}
