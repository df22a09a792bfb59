import type { Diagnostic } from '../diagnostics/index.ts';
import { type Inclusion, parseDay, type WaiverTerms } from '../model/index.ts';
import type { PolicyInput } from './policy.ts';
import { policyDiagnostics } from './policy-diagnostics.ts';

/**
 * The terms on which a stack includes what a violation is about, while they hold: alerts that are imported lack what
 * policies ask for, which is noted until a day, and blocks after it.
 */
export function indexInclusions({ stacks, today }: PolicyInput): (subject: string) => WaiverTerms | undefined {
  const terms = new Map<string, WaiverTerms>();
  for (const stack of stacks)
    for (const inclusion of stack.inclusions)
      if (inclusion.terms !== undefined && isInForce(inclusion.terms, today))
        terms.set(`${stack.name}/${nameOf(inclusion)}`, inclusion.terms);
  return (subject) => terms.get(subject.replace(/#.*$/s, ''));
}

/** Terms that have ended, or end soon; a list that is included by one call has one. */
export function checkInclusions({ stacks, today }: PolicyInput): readonly Diagnostic[] {
  return stacks.flatMap((stack) => {
    const calls = Map.groupBy(stack.inclusions, ({ source }) => `${source.file}:${source.line}:${source.column}`);
    return [...calls.values()].flatMap((inclusions) => checkTerms(stack.name, inclusions, today));
  });
}

const soonDays = 30;

function checkTerms(stack: string, inclusions: readonly Inclusion[], today: string): readonly Diagnostic[] {
  const [first] = inclusions;
  if (first?.terms === undefined) return [];
  const { until, approver } = first.terms;
  const selection = inclusions.map(nameOf).slice(0, 3).join(', ') + (inclusions.length > 3 ? ', …' : '');
  const facts = { stack, waived: 'policies', until, approver, selection };
  const occurrence = { position: first.source, subject: stack };
  const end = parseDay(until);
  if (end === null) return [policyDiagnostics.create('waiver-date-invalid', facts, { ...occurrence, found: until })];
  const days = end - (parseDay(today) ?? end);
  if (days < 0) return [policyDiagnostics.create('waiver-expired', facts, { ...occurrence, found: until })];
  return days > soonDays ? [] : [policyDiagnostics.create('waiver-ends-soon', { ...facts, days }, occurrence)];
}

const types = {
  'rule-group': 'prometheus-rules',
  'grafana-dashboard': 'grafana-dashboard',
  routing: 'alertmanager-config',
  'kubernetes-object': 'kubernetes-object',
  'manifest-files': 'kubernetes-object',
} as const;

/** Routing is part of the one configuration, most of which is derived: that is judged as ever. */
function nameOf({ content }: Inclusion): string {
  return `${types[content.kind]}/${content.id}`;
}

function isInForce({ until }: WaiverTerms, today: string): boolean {
  return parseDay(until) !== null && until >= today;
}
