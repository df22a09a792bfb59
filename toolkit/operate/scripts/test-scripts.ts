import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { type CollectionScript, parseDuration, type ScriptTest } from '../../model/index.ts';
import { type Confinement, findConfinement, runConfined } from './confine.ts';
import { judgeOutput } from './judge-output.ts';
import { scriptTestDiagnostics } from './script-test-diagnostics.ts';

export interface ScriptTestRequest {
  readonly scripts: readonly CollectionScript[];
  /** Ids; empty: all. */
  readonly wanted: readonly string[];
  /** Run them as they are, where they cannot be confined or somebody wants so. */
  readonly unconfined: boolean;
  readonly onProgress: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface ScriptTestReport {
  readonly scripts: number;
  readonly tests: number;
  readonly failed: number;
  readonly confinement: Confinement['kind'] | null;
  readonly findings: readonly Diagnostic[];
}

/** Runs every test of every script, one after the other, each in a folder of its own. */
export async function testScripts(request: ScriptTestRequest): Promise<ScriptTestReport> {
  const { scripts, wanted, unconfined, signal } = request;
  const known = scripts.map(({ id }) => id);
  const unknown = wanted.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    return nothing(
      unknown.map((script) => scriptTestDiagnostics.create('no-such-script', { script, known }, { found: script })),
    );
  }
  const chosen = scripts.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  if (chosen.length === 0) return nothing([]);
  const { confinement, reason } = unconfined
    ? ({ confinement: { kind: 'none' }, reason: null } as const)
    : await findConfinement(signal);
  if (confinement === null) return nothing([scriptTestDiagnostics.create('not-confined', { reason })]);
  const pairs = chosen.flatMap((script) => script.tests.map((test) => ({ script, test })));
  const findings: Diagnostic[] = [];
  for (const { script, test } of pairs) {
    request.onProgress(`Testing ${script.id}: ${test.name}`);
    findings.push(...(await runTest(script, test, confinement, signal)));
  }
  const told = unconfined ? [scriptTestDiagnostics.create('unconfined', { count: pairs.length })] : [];
  return {
    scripts: chosen.length,
    tests: pairs.length,
    failed: findings.length,
    confinement: confinement.kind,
    findings: [...findings, ...told],
  };
}

function nothing(findings: readonly Diagnostic[]): ScriptTestReport {
  return { scripts: 0, tests: 0, failed: 0, confinement: null, findings };
}

async function runTest(
  script: CollectionScript,
  test: ScriptTest,
  confinement: Confinement,
  signal: AbortSignal,
): Promise<readonly Diagnostic[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opsctl-script-'));
  try {
    await writeFixtures(folder, script, test);
    const timeoutMs = parseDuration(script.timeout) ?? 0;
    // As on a host. The time that its walls take to stand is not its own.
    const command = ['timeout', '--kill-after=1', String(timeoutMs / 1000), script.interpreter, '/trial/script'];
    const run = await runConfined(confinement, { folder, command, timeoutMs: timeoutMs + wallsMs, signal });
    const problems = stoppedBy.includes(run.exitCode)
      ? ['it did not end within its timeout']
      : judgeOutput(script, test, run);
    if (problems.length === 0) return [];
    const facts = { script: script.id, test: test.name, problems: problems.slice(0, shown) };
    return [scriptTestDiagnostics.create('failed', facts, { position: script.source, subject: script.id })];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const shown = 10;

/** How long the walls of a test may take to stand, on a machine that has much to do. */
const wallsMs = 30_000;
/** What `timeout` ends with: it was enough to ask, or it was not. */
const stoppedBy: readonly number[] = [124, 137];

async function writeFixtures(
  folder: string,
  script: CollectionScript,
  { files = {}, programs = {} }: ScriptTest,
): Promise<void> {
  await Promise.all(['bin', 'root', 'tmp'].map((name) => mkdir(join(folder, name))));
  await writeFile(join(folder, 'script'), script.script);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'root', path)), { recursive: true });
    await writeFile(join(folder, 'root', path), text);
  }
  for (const [name, { prints, exits = 0 }] of Object.entries(programs)) {
    // What it prints lies beside it: quoting it into a script could only go wrong.
    await writeFile(join(folder, 'bin', `.${name}.prints`), prints);
    const text = `#!/bin/sh\ncat "\${0%/*}/.${name}.prints"\nexit ${exits}\n`;
    await writeFile(join(folder, 'bin', name), text);
    await chmod(join(folder, 'bin', name), 0o755);
  }
}
