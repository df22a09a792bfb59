import type { Diagnostic } from '../diagnostics/index.ts';
import {
  type FileVerdict,
  partName,
  type RuleTest,
  ruleTestDiagnostics,
  type TestBatch,
  type Uncovered,
  type UserTests,
} from '../rule-tests/index.ts';

export function failuresIn({ tests }: TestBatch, verdict: FileVerdict | undefined): readonly Diagnostic[] {
  const [first] = tests;
  if (verdict === undefined || verdict.passed || first === undefined) return [];
  const { rule } = first;
  return [...verdict.failures].map(([name, message]) => {
    // promtool does not say of which test an expression is, nor of a rule that cannot be evaluated.
    const test = name === '' ? `${rule.file.stack}/${rule.file.name} ${partName(rule)}` : name;
    return ruleTestDiagnostics.create('failed', { test, message }, { ...placeOf(rule), subject: rule.name });
  });
}

export function describeGap({ rule, cases, reason }: Uncovered): Diagnostic {
  const facts = { alert: rule.name, stack: rule.file.stack, cases, reason };
  return ruleTestDiagnostics.create('not-covered', facts, { ...placeOf(rule), subject: rule.name });
}

/** Where the alert was declared, or else what its file was derived from. */
function placeOf({ file, index }: RuleTest['rule']): Pick<Diagnostic, 'position'> {
  const part = file.resource.parts.find(({ pointer }) => pointer === `/group/rules/${index}`);
  const position = part?.derivation.find(({ source }) => source !== undefined)?.source ?? file.resource.source;
  return { position };
}

export function userFailures({ file }: UserTests, verdict: FileVerdict | undefined): readonly Diagnostic[] {
  if (verdict === undefined || verdict.passed) return [];
  const position = { file, line: 1, column: 1 };
  return [...verdict.failures].map(([name, message]) =>
    ruleTestDiagnostics.create('failed', { test: name === '' ? file : `${file} ${name}`, message }, { position }),
  );
}
