import { pipelineDiagnostics, runTest } from '../compile/pipelines/index.ts';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { findChecker } from '../host/check-program.ts';
import type { Pipeline, PipelineTest } from '../model/index.ts';
import type { Content, Repository } from './contract.ts';
import { runMtailTest } from './run-mtail-test.ts';

export interface PipelineTestRequest {
  /** Ids of pipelines; empty: all. */
  readonly pipelines: readonly string[];
  readonly signal: AbortSignal;
}

/** One pipeline and who has judged it. */
export interface TestedPipeline {
  readonly pipeline: string;
  readonly with: Pipeline['with'];
  readonly tests: number;
  readonly failed: number;
  /** The program that ran the tests beside our own reckoning; null: it was not there, or cannot be run on a file. */
  readonly ranBy: string | null;
}

export interface PipelineTestReport {
  readonly pipelines: readonly TestedPipeline[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Runs the tests of pipelines: all by the meaning of their steps, and those of mtail by mtail itself too, where it is.
 * What the report names as judge has judged; nothing is said to be tested that was not run.
 */
export async function testPipelines(
  repository: Repository,
  content: Content,
  { pipelines: wanted, signal }: PipelineTestRequest,
): Promise<PipelineTestReport> {
  const byId = new Map(content.pipelines.map(({ pipeline }) => [pipeline.id, pipeline]));
  const unknown = wanted.filter((id) => !byId.has(id));
  const known = [...byId.keys()].sort();
  const mtail = await findMtail(repository);
  const judged = [];
  for (const id of known.filter((one) => wanted.length === 0 || wanted.includes(one))) {
    const pipeline = byId.get(id);
    if (pipeline !== undefined) judged.push(await judge(pipeline, mtail, signal));
  }
  const findings = [
    ...unknown.map((pipeline) =>
      pipelineDiagnostics.create('no-such-pipeline', { pipeline, known }, { found: pipeline }),
    ),
    ...judged.flatMap((one) => one.findings),
  ];
  return { pipelines: judged.map(({ tested }) => tested), findings: sortDiagnostics(findings) };
}

async function judge(pipeline: Pipeline, mtail: string | null, signal: AbortSignal) {
  const tests = pipeline.tests ?? [];
  const program = pipeline.with === 'mtail' ? mtail : null;
  const findings: Diagnostic[] = [];
  for (const test of tests) {
    findings.push(...failures(pipeline, test, 'by the meaning of its steps', runTest(pipeline, test)));
    if (program === null) continue;
    findings.push(...failures(pipeline, test, 'by mtail', await runMtailTest(pipeline, test, { program, signal })));
  }
  const failed = new Set(findings.map(({ subject }) => subject)).size;
  const tested = {
    pipeline: pipeline.id,
    with: pipeline.with,
    tests: tests.length,
    failed,
    ranBy: program === null ? null : 'mtail',
  };
  return { tested, findings };
}

function failures(
  pipeline: Pipeline,
  test: PipelineTest,
  by: string,
  differences: readonly string[],
): readonly Diagnostic[] {
  return differences.map((difference) =>
    pipelineDiagnostics.create(
      'test-failed',
      { pipeline: pipeline.id, test: test.name, by, difference },
      { position: pipeline.source, subject: `${pipeline.id}: ${test.name}` },
    ),
  );
}

/** As the provider finds it: the path in a binding, or else on PATH. */
async function findMtail({ bindings }: Repository): Promise<string | null> {
  const settings = bindings.targets.filter(({ provider }) => provider === 'mtail').map(({ settings: own }) => own);
  const named = settings.map(({ check }) => check).find((check) => typeof check === 'string' && check !== 'none');
  return (await findChecker(named, ['mtail'])).program;
}
