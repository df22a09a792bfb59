import { type Diagnostic, pointerTo } from '../diagnostics/index.ts';
import { currentDialect, describeProblem } from '../languages/promql/index.ts';
import type { YamlMapping } from '../languages/yaml/index.ts';
import {
  checks,
  isMapping,
  type LintContext,
  type LintDocument,
  type LintInput,
  listOf,
  makeContext,
  type Problem,
  type Rule,
  type RuleFile,
} from '../lint/index.ts';
import { importDiagnostics } from './diagnostics.ts';

export interface Refusals {
  /** Whether something was left out: a rule that Prometheus refuses, a field that content does not have. */
  leftOut(document: LintDocument, pointer: string): boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What of rule files cannot be carried over, one finding for each: rules that no Prometheus loads, and fields that are not
 * those of Prometheus. By the checks of the linter, so that both say the same.
 */
export function findRefusals(input: LintInput): Refusals {
  const context = makeContext(input, { dialect: currentDialect, today: '', scrapeIntervalMs: null, retentionMs: null });
  const left = new Map<LintDocument, Set<string>>();
  const diagnostics: Diagnostic[] = [];
  for (const file of input.ruleFiles) {
    const pointers = left.get(file.document) ?? new Set<string>();
    left.set(file.document, pointers);
    for (const { pointer, diagnostic } of [...refusedRules(file, context), ...foreignFields(file, context)]) {
      if (!pointers.has(pointer)) diagnostics.push(diagnostic);
      pointers.add(pointer);
    }
  }
  diagnostics.push(...cycles(context));
  return { leftOut: (document, pointer) => left.get(document)?.has(pointer) ?? false, diagnostics };
}

interface LeftOut {
  readonly pointer: string;
  readonly diagnostic: Diagnostic;
}

function refusedRules(file: RuleFile, context: LintContext): readonly LeftOut[] {
  const { document } = file;
  const refuse = (pointer: string, because: string, at: string): LeftOut => {
    const facts = { what: describe(file, pointer), because };
    return {
      pointer,
      diagnostic: importDiagnostics.create('not-carried', facts, { position: document.positionOf(at) }),
    };
  };
  const malformed = judgeFile('malformed-rule', file, context).flatMap(({ text, pointer = '' }) => {
    const rule = /^\/groups\/\d+\/rules\/\d+/.exec(pointer)?.[0];
    return rule === undefined ? [] : [refuse(file.pointer + rule, text, file.pointer + pointer)];
  });
  const refused = file.groups.flatMap(({ rules }) =>
    rules.flatMap((rule) =>
      [...expressionFaults(rule, context), ...judgeRule('template-error', rule, context)].map(
        ({ text, pointer = '' }) => refuse(rule.pointer, text, rule.pointer + pointer),
      ),
    ),
  );
  return [...malformed, ...refused];
}

function expressionFaults({ expression }: Rule, { parse }: LintContext): readonly Problem[] {
  const parsed = parse(expression);
  if (parsed.kind === 'parsed') return [];
  const said = parsed.problems.slice(0, 1).map((problem) => describeProblem(problem, {}).detail);
  return [{ text: `Prometheus refuses its expression. ${said.join('')}`, pointer: '/expr' }];
}

function foreignFields(file: RuleFile, context: LintContext): readonly LeftOut[] {
  const { document } = file;
  const drop = (pointer: string, because: string): LeftOut => {
    const facts = {
      what: describe(file, pointer.replace(/\/[^/]*$/, '')),
      field: pointer.split('/').at(-1) ?? '',
      because,
    };
    const position = document.keyPositionOf(pointer);
    return { pointer, diagnostic: importDiagnostics.create('field-not-carried', facts, { position }) };
  };
  const unknown = judgeFile('unknown-field', file, context).map(({ pointer = '' }) =>
    drop(file.pointer + pointer, 'Prometheus has no such field.'),
  );
  const ofOthers = listOf(file.value.groups).flatMap((group, index) => {
    const names = isMapping(group) ? Object.keys(group).filter((name) => fieldsOfOthers.has(name)) : [];
    const at = `${file.pointer}/groups/${index}`;
    return names.map((name) => drop(pointerTo(at, name), 'it belongs to another program that reads such files.'));
  });
  return [...unknown, ...ofOthers];
}

/** Of Thanos and Mimir; the linter knows them and passes them over. */
const fieldsOfOthers = new Set([
  'partial_response_strategy',
  'source_tenants',
  'evaluation_delay',
  'align_evaluation_time_on_interval',
  'remote_write',
]);

/** Prometheus loads them; what they record lags behind, round after round. */
function cycles(context: LintContext): readonly Diagnostic[] {
  const check = checks.find(({ code }) => code === 'recording-cycle');
  if (check?.about !== 'everything') throw new Error('Bug: there is no check of cycles.');
  return check.judge(context).map(({ place, text, pointer = '' }) => {
    const position = place.document.positionOf(place.pointer + pointer);
    return importDiagnostics.create('doubtful', { text }, { position });
  });
}

function judgeFile(code: string, file: RuleFile, context: LintContext): readonly Problem[] {
  const check = checks.find((one) => one.code === code);
  if (check?.about !== 'rule-file') throw new Error(`Bug: ${code} is no check of rule files.`);
  return check.judge(file, context);
}

function judgeRule(code: string, rule: Rule, context: LintContext): readonly Problem[] {
  const check = checks.find((one) => one.code === code);
  if (check?.about !== 'rule') throw new Error(`Bug: ${code} is no check of rules.`);
  return check.judge(rule, context);
}

/** `The alert HostDown of the group node`. */
function describe({ value, pointer: base }: RuleFile, pointer: string): string {
  const [, groups, group, rules, index] = pointer.slice(base.length).split('/');
  if (groups !== 'groups' || group === undefined) return 'The file';
  const found = listOf(value.groups)[Number(group)];
  const name = isMapping(found) ? String(found.name) : group;
  if (rules !== 'rules' || index === undefined || !isMapping(found)) return `The group ${name}`;
  const rule = listOf(found.rules)[Number(index)];
  return `${isMapping(rule) ? nameOf(rule) : 'A rule'} of the group ${name}`;
}

function nameOf({ alert, record }: YamlMapping): string {
  if (typeof alert === 'string') return `The alert ${alert}`;
  return typeof record === 'string' ? `The recorded ${record}` : 'A rule without a name';
}
