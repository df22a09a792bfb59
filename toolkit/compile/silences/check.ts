import type { Diagnostic } from '../../diagnostics/index.ts';
import { type DeclaredSilence, describeSelection, isSelected } from '../../model/index.ts';
import { findUnknown } from '../check-reference.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { silenceDiagnostics } from './diagnostics.ts';
import { isSelection, matchersOf, readMatchers } from './matchers.ts';
import { silenceName } from './silence-name.ts';

/** What is wrong with the silences of a stack; what they hide is looked at when all alerts are known. */
export function checkSilences(operated: OperatedStack): readonly Diagnostic[] {
  const names = new Set<string>();
  return operated.stack.silences.flatMap((silence) => {
    const name = silenceName(silence.terms);
    const isRepeated = names.has(name);
    names.add(name);
    return [
      ...(isRepeated ? [create('declared-twice', operated, silence)] : []),
      ...checkTimes(silence),
      ...checkOwner(operated, silence),
      ...checkSelection(operated, silence),
      ...checkPatterns(operated, silence),
    ];
  });
}

/** One finding at the statement that it is about. */
export function create(
  code: 'declared-twice' | 'hides-nothing' | 'hides-watchdog',
  { stack }: OperatedStack,
  { terms, source }: DeclaredSilence,
): Diagnostic {
  const facts = { stack: stack.name, change: terms.change };
  return silenceDiagnostics.create(code, facts, { position: source, subject: stack.name });
}

function checkTimes({ terms, source }: DeclaredSilence): readonly Diagnostic[] {
  const { change, from, until } = terms;
  if (from === undefined || Date.parse(from) < Date.parse(until)) return [];
  return [silenceDiagnostics.create('ends-before-it-begins', { change, from, until }, { position: source })];
}

function checkOwner({ organisation, stack }: OperatedStack, { terms, source }: DeclaredSilence): readonly Diagnostic[] {
  const known = [...organisation.teams, ...organisation.people].map(({ id }) => id);
  const subject = `The silence of ${terms.change} at ${stack.name}`;
  return findUnknown([{ subject, field: 'team or person', value: terms.owner, known, position: source }]);
}

function checkSelection(
  { stack, items }: OperatedStack,
  { of, terms, source }: DeclaredSilence,
): readonly Diagnostic[] {
  if (!isSelection(of) || items.some((item) => isSelected(of, item))) return [];
  const facts = {
    stack: stack.name,
    statement: `The silence of ${terms.change}`,
    selection: describeSelection(of),
    lacks: 'operates no such item',
    nearest: null,
  };
  return [compileDiagnostics.create('matches-nothing', facts, { position: source })];
}

function checkPatterns(operated: OperatedStack, silence: DeclaredSilence): readonly Diagnostic[] {
  const read = readMatchers(matchersOf(operated, silence));
  if (typeof read !== 'string') return [];
  const facts = { change: silence.terms.change, reason: read };
  return [silenceDiagnostics.create('bad-pattern', facts, { position: silence.source })];
}
