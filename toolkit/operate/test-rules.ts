import { resolve } from 'node:path';
import { type Diagnostic, sortDiagnostics } from '../diagnostics/index.ts';
import { findChecker } from '../host/check-program.ts';
import { findUnpackedChecker } from '../host/unpacked-programs.ts';
import type { JsonObject } from '../model/index.ts';
import {
  batchTests,
  type CoverageRow,
  coverageOf,
  type GeneratedTests,
  generateTests,
  type MutationScore,
  mutantBatches,
  readRules,
  ruleDocument,
  ruleTestDiagnostics,
  scoreMutants,
  type TestBatch,
  testDocument,
  type Uncovered,
  type UserTests,
} from '../rule-tests/index.ts';
import type { Content, Repository } from './contract.ts';
import { describeGap, failuresIn, userFailures } from './describe-rule-tests.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';
import { type FoundUserTests, readTestFiles, testFolder } from './read-test-files.ts';
import { type PromtoolJob, runPromtool } from './run-promtool.ts';

export interface RuleTestRequest {
  /** Stack names; empty: all. */
  readonly stacks: readonly string[];
  /** Names of alerts; empty: all. */
  readonly alerts: readonly string[];
  /** Put mistakes into the rules, and see whether the tests notice. */
  readonly mutations: boolean;
  readonly onProgress: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface RuleTestReport {
  /** Generated ones, and those that people wrote. */
  readonly tests: number;
  readonly ownTests: number;
  readonly failed: number;
  readonly alerts: number;
  readonly coverage: readonly CoverageRow[];
  readonly uncovered: readonly Uncovered[];
  /** Null: no mistakes were put in. */
  readonly mutations: readonly MutationScore[] | null;
  /** Path of the promtool that ran them. */
  readonly program: string;
  readonly findings: readonly Diagnostic[];
  /** For people to read and for promtool to run. */
  readonly batches: readonly TestBatch[];
}

/**
 * Tests the compiled rules with promtool: tests that are generated for every alert, and those in `alerts/tests/`.
 * Null: there is no promtool, or what was asked for is not there; then the diagnostics say so.
 */
export async function testRules(
  repository: Repository,
  content: Content,
  request: RuleTestRequest,
): Promise<{ readonly report: RuleTestReport | null; readonly diagnostics: readonly Diagnostic[] }> {
  const asked = checkNames(content, request);
  if (asked.length > 0) return { report: null, diagnostics: asked };
  const checker = await findPromtool(repository);
  if (checker.program === null) {
    return { report: null, diagnostics: [ruleTestDiagnostics.create('no-promtool', { note: checker.note })] };
  }
  const users = await readTestFiles(repository, content, request);
  request.onProgress('Making tests');
  const generated = generate(repository, content, request);
  const run = { program: checker.program, signal: request.signal };
  const report = await runAll(repository, generated, users, request, run);
  return { report, diagnostics: [] };
}

function checkNames(content: Content, { alerts, stacks }: RuleTestRequest): readonly Diagnostic[] {
  const known = content.stacks.map(({ name }) => name);
  const unknown = stacks.filter((stack) => !known.includes(stack));
  if (unknown.length > 0) {
    return unknown.map((stack) => operateDiagnostics.create('unknown-stack', { stack, known }, { found: stack }));
  }
  const rules = readRules(content.resources).filter(({ file }) => stacks.length === 0 || stacks.includes(file.stack));
  return alerts
    .filter((alert) => !rules.some(({ kind, name }) => kind === 'alert' && name === alert))
    .map((alert) => ruleTestDiagnostics.create('no-such-alert', { alert, stacks }, { found: alert }));
}

/** As the Prometheus provider finds it, the path in a binding or else on PATH; at last the one that the quickstart unpacked. */
async function findPromtool({ bindings }: Repository) {
  const settings = bindings.targets.filter(({ provider }) => provider === 'prometheus').map(({ settings: own }) => own);
  const named = settings.map(({ check }) => check).find((check) => typeof check === 'string' && check !== 'none');
  const found = await findChecker(named, ['promtool']);
  if (found.program !== null) return found;
  const program = findUnpackedChecker('promtool');
  return program === null ? ({ program, note: 'it is not on PATH' } as const) : ({ program, note: '' } as const);
}

function generate(
  { bindings }: Repository,
  { resources, alerts: declared }: Content,
  request: RuleTestRequest,
): GeneratedTests {
  const { stacks, alerts } = request;
  return generateTests({
    resources,
    declared,
    isPaced: bindings.speed !== 1,
    isWanted: ({ file, name }) =>
      (stacks.length === 0 || stacks.includes(file.stack)) && (alerts.length === 0 || alerts.includes(name)),
  });
}

type Run = Pick<Parameters<typeof runPromtool>[1], 'program' | 'signal'>;

async function runAll(
  { root }: Repository,
  generated: GeneratedTests,
  users: FoundUserTests,
  { mutations, onProgress }: RuleTestRequest,
  run: Run,
): Promise<RuleTestReport> {
  const { alerts, tests, uncovered } = generated;
  const batches = batchTests(tests);
  const jobs = [...batches.map(jobOf), ...users.tests.map((own) => userJob(root, own))];
  const tell = (what: string, total: number) => (done: number) => onProgress(`${what}: ${done} of ${total} files`);
  const verdicts = await runPromtool(jobs, { ...run, onProgress: tell('Testing', jobs.length) });
  const findings = [
    ...batches.flatMap((batch, index) => failuresIn(batch, verdicts[index])),
    ...users.tests.flatMap((own, index) => userFailures(own, verdicts[batches.length + index])),
  ];
  const scores = mutations ? await runMutants(generated, run, tell) : null;
  const gaps = uncovered.map(describeGap);
  const survivors = (scores ?? []).flatMap(({ alert, survivors: changes }) =>
    changes.map((change) => ruleTestDiagnostics.create('mutant-survived', { alert, change }, { subject: alert })),
  );
  return {
    tests: tests.length,
    ownTests: users.tests.reduce((sum, own) => sum + own.tests, 0),
    failed: findings.length + users.diagnostics.length,
    alerts: alerts.length,
    coverage: coverageOf(alerts, tests),
    uncovered,
    mutations: scores,
    program: run.program,
    findings: sortDiagnostics([...users.diagnostics, ...findings, ...gaps, ...survivors]),
    batches,
  };
}

function jobOf(batch: TestBatch): PromtoolJob {
  return { tests: testDocument(batch, 'rules.json'), rules: { 'rules.json': ruleDocument(batch.rules) } };
}

function userJob(root: string, { document, slice, foreign }: UserTests): PromtoolJob {
  const rules = Object.fromEntries(
    slice.map(({ file: ruleFile, rules: own }, index) => {
      const groups = [{ name: ruleFile.name, rules: own.map(({ spec }) => spec) }];
      return [`rules-${index}.json`, { groups } as JsonObject];
    }),
  );
  const beside = foreign.map((entry) => resolve(root, testFolder, entry));
  return { tests: { ...(document as JsonObject), rule_files: [...Object.keys(rules), ...beside] }, rules };
}

async function runMutants(
  generated: GeneratedTests,
  run: Run,
  tell: (what: string, total: number) => (done: number) => void,
): Promise<readonly MutationScore[]> {
  const batches = mutantBatches(generated);
  const jobs = batches.map(({ batch }) => jobOf(batch));
  const verdicts = await runPromtool(jobs, { ...run, onProgress: tell('Testing rules with mistakes', jobs.length) });
  const noticed = new Set(batches.filter((_, index) => verdicts[index]?.passed === false));
  return scoreMutants(generated.alerts, batches, (batch) => noticed.has(batch));
}
