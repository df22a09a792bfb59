import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyWaivers, type LintFinding, type LintRequest, lint, readResources } from '../lint/index.ts';
import { addressFields } from '../model/index.ts';
import type { Content, Repository } from './contract.ts';
import { type LintReport, lookedAt } from './lint-report.ts';

export interface ContentLintRequest extends LintRequest {
  /** Also tell what is advice about declarations of our own package, which who writes content cannot follow. */
  readonly withPackage: boolean;
}

/** Judges what the content compiles to, one control point at a time, as each has systems of its own. */
export async function lintContent(
  { root }: Repository,
  content: Content,
  request: ContentLintRequest,
): Promise<LintReport> {
  const byStack = Map.groupBy(content.resources, ({ address }) => addressFields(address).stack);
  const read = new Map([...byStack].map(([stack, resources]) => [stack, readResources(resources)] as const));
  const inputs = [...read].map(([stack, input]) => ({
    ...input,
    heard: below(stack, content.stacks).flatMap((lower) => read.get(lower)?.ruleFiles ?? []),
  }));
  const findings = onceEach(inputs.flatMap((input) => lint(input, request)));
  const waived = applyWaivers(findings, await sourcesOf(root, findings), request.today);
  const told = waived.findings.filter((finding) => request.withPackage || !isAdviceToUs(finding));
  const leftOut = waived.findings.length - told.length;
  return { findings: told, diagnostics: waived.diagnostics, looked: lookedAt(inputs), leftOut };
}

/** A warning may come of a value that the content has put in; a notice is about how the declaration is written. */
function isAdviceToUs({ diagnostic: { severity, position } }: LintFinding): boolean {
  return severity === 'notice' && position?.file.startsWith('opsctl/') === true;
}

/** Alerts flow up, so an Alertmanager gets those of all control points below its own. */
function below(stack: string, stacks: Content['stacks']): readonly string[] {
  const children = stacks.filter(({ parent }) => parent === stack).map(({ name }) => name);
  return children.flatMap((child) => [child, ...below(child, stacks)]);
}

/** One declaration compiles to many stacks; what is wrong with it is told once. */
function onceEach(findings: readonly LintFinding[]): readonly LintFinding[] {
  const seen = new Map<string, LintFinding>();
  for (const finding of findings) {
    const { code, position, detail } = finding.diagnostic;
    const key = JSON.stringify([code, position, detail]);
    if (!seen.has(key)) seen.set(key, finding);
  }
  return [...seen.values()];
}

/** The files in which findings stand, for the waivers in their comments. */
async function sourcesOf(root: string, findings: readonly LintFinding[]): Promise<ReadonlyMap<string, string>> {
  const files = new Set(findings.flatMap(({ diagnostic }) => diagnostic.position?.file ?? []));
  const texts = new Map<string, string>();
  for (const file of files) {
    // A declaration of a package that is installed elsewhere has no file here, and no waiver.
    const text = await readFile(join(root, file), 'utf8').catch(() => null);
    if (text !== null) texts.set(file, text);
  }
  return texts;
}
