// `npm run oracle`: asks the parser of the current Prometheus release about expressions and records what it says. Needs Go
// and the Go module proxy. The tests compare with what is recorded, so they need neither.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expressionsToJudge } from './expressions.ts';

/** Prometheus 3.15 is v0.315 as a Go module. To follow a new release: change it here, in versions.ts and package.json. */
const release = 'v0.315.0';
const count = 3000;

const folder = mkdtempSync(join(tmpdir(), 'opsctl-oracle-'));
try {
  const judge = buildJudge();
  const texts = expressionsToJudge(count, 7);
  const input = texts.map((text) => JSON.stringify(text)).join('\n');
  const verdicts = execFileSync(judge, { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
    .trim()
    .split('\n');
  if (verdicts.length !== texts.length) throw new Error('The judge did not answer for every expression.');
  const read = texts.filter((_, index) => verdicts[index] === 'true');
  const refused = texts.filter((_, index) => verdicts[index] !== 'true');
  const recorded = { release, read, refused };
  writeFileSync(join(import.meta.dirname, 'verdicts.generated.json'), `${JSON.stringify(recorded, null, 1)}\n`);
  console.log(`Recorded what Prometheus ${release} says: ${read.length} read, ${refused.length} refused.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function buildJudge(): string {
  copyFileSync(join(import.meta.dirname, 'main.go'), join(folder, 'main.go'));
  go('mod', 'init', 'oracle');
  go('get', `github.com/prometheus/prometheus/promql/parser@${release}`);
  go('build', '-o', 'judge', '.');
  return join(folder, 'judge');
}

function go(...args: readonly string[]): void {
  execFileSync('go', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
