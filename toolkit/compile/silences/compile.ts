import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type ConfigurationItem,
  type DeclaredSilence,
  type DerivationStep,
  isSelected,
  type JsonObject,
  makeAddress,
  type Resource,
} from '../../model/index.ts';
import { makeResource } from '../make-resource.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { create } from './check.ts';
import { describeHidden, hiddenAlerts } from './hidden-alerts.ts';
import { escalatedMatchers, isSelection, matchersOf, readMatchers, type SilenceMatcher } from './matchers.ts';
import { silenceName } from './silence-name.ts';

export interface CompiledSilences {
  readonly resources: readonly Resource[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The silences of a control point, at its own Alertmanager and at those above: its alerts are told there too, at once or
 * when they escalate. `derived` is all that the stack compiles to besides.
 */
export function compileSilences(
  operated: OperatedStack,
  group: readonly OperatedStack[],
  derived: readonly Resource[],
): CompiledSilences {
  const compiled = operated.stack.silences.map((silence) => compileOne(operated, group, { silence, derived }));
  return {
    resources: compiled.flatMap(({ resources }) => resources),
    diagnostics: compiled.flatMap(({ diagnostics }) => diagnostics),
  };
}

interface Subject {
  readonly silence: DeclaredSilence;
  readonly derived: readonly Resource[];
}

function compileOne(
  operated: OperatedStack,
  group: readonly OperatedStack[],
  { silence, derived }: Subject,
): CompiledSilences {
  const matchers = matchersOf(operated, silence);
  const read = readMatchers(matchers);
  if (typeof read === 'string') return { resources: [], diagnostics: [] };
  const hidden = hiddenAlerts(operated, read, derived);
  const diagnostics = [
    ...(hidden.alerts.size === 0 ? [create('hides-nothing', operated, silence)] : []),
    ...(hidden.watchdog ? [create('hides-watchdog', operated, silence)] : []),
  ];
  const text = describeHidden(hidden);
  const name = silenceName(silence.terms);
  const escalated = escalatedMatchers(matchers);
  const above = operated.ancestors.flatMap(
    ({ name: ancestor }) => group.find(({ stack }) => stack.name === ancestor) ?? [],
  );
  const drafts: readonly Draft[] = [
    { at: operated, name, matchers },
    ...above.flatMap((at) => [
      { at, name: `${operated.stack.name}-${name}`, matchers },
      ...(escalated === null ? [] : [{ at, name: `${operated.stack.name}-${name}-escalated`, matchers: escalated }]),
    ]),
  ];
  const resources = drafts
    .filter(({ at }) => at.stack.targets.includes('alertmanager'))
    .map((draft) => silenceResource(operated, silence, draft, text));
  return { resources, diagnostics };
}

interface Draft {
  /** Whose Alertmanager. */
  readonly at: OperatedStack;
  readonly name: string;
  readonly matchers: readonly SilenceMatcher[];
}

function silenceResource(
  operated: OperatedStack,
  silence: DeclaredSilence,
  { at, name, matchers }: Draft,
  hides: string,
): Resource {
  const type = 'alertmanager-silence';
  const id = makeAddress({ stack: at.stack.name, type, name });
  const resource = makeResource(at, {
    type,
    name,
    target: 'alertmanager',
    spec: specOf(id, silence, matchers),
    items: itemsOf(operated, silence),
    dependsOn: [makeAddress({ stack: at.stack.name, type: 'alertmanager-config', name: 'main' })],
    clauses: ['S0:7.3.1.1'],
    derivation: stepsOf(operated, silence, at, hides),
  });
  return { ...resource, owner: teamOf(operated, silence), source: silence.source };
}

function specOf(id: string, { terms }: DeclaredSilence, matchers: readonly SilenceMatcher[]): JsonObject {
  const { from, until, owner, reason, change } = terms;
  return {
    id,
    matchers: matchers.map(({ label, operator, value }) => ({
      name: label,
      value,
      isRegex: operator.endsWith('~'),
      isEqual: operator.startsWith('='),
    })),
    ...(from === undefined ? {} : { startsAt: new Date(from).toISOString() }),
    endsAt: new Date(until).toISOString(),
    owner,
    reason,
    change,
  };
}

function itemsOf({ items }: OperatedStack, { of }: DeclaredSilence): readonly ConfigurationItem[] {
  return isSelection(of) ? items.filter((item) => isSelected(of, item)) : [];
}

function stepsOf(
  { stack }: OperatedStack,
  { terms, source }: DeclaredSilence,
  at: OperatedStack,
  hides: string,
): readonly DerivationStep[] {
  const { change, owner, from, until, reason } = terms;
  const begin = from === undefined ? '' : `from ${from} `;
  const text = `Silenced by ${stack.name} for ${change}, ${owner}: ${reason}`;
  const where = `Alerts of ${stack.name} are told at ${at.stack.name} too, so they are silent there as well.`;
  return [
    { kind: 'declaration', subject: at.stack.name, text, source },
    ...(at.stack.name === stack.name ? [] : [{ kind: 'tier-rule', subject: at.stack.tier, text: where } as const]),
    {
      kind: 'silence',
      subject: change,
      text: `${begin}until ${until} nobody is told of ${hides} (${change}, ${owner})`,
    },
  ];
}

function teamOf({ organisation, stack }: OperatedStack, { terms }: DeclaredSilence): string {
  const { teams, people } = organisation;
  if (teams.some(({ id }) => id === terms.owner)) return terms.owner;
  return people.find(({ id }) => id === terms.owner)?.team ?? stack.team;
}
