import { printSpan } from '../../toolkit/diagnostics/index.ts';
import { type DerivationStep, findRelationType, type JsonValue, type Resource } from '../../toolkit/model/index.ts';
import type { OverrideDescription } from '../../toolkit/plan/index.ts';
import { valueAt } from '../../toolkit/plan/json-pointer.ts';
import type { AlertLinks } from '../commands/explain/alert-links.ts';
import type { Explanation } from '../commands/explain/explain.ts';
import type { ItemSilence } from '../commands/explain/silences-of-item.ts';
import type { Terminal, View } from '../output/view.ts';
import { sayOverrides } from './plan/override-lines.ts';
import { wrapText } from './wrap-text.ts';

/** Reasons in the order in which they apply, the most general first. */
export const explainView: View<Explanation> = {
  human(explanation, terminal) {
    switch (explanation.kind) {
      case 'resource':
        return describeResource(explanation, terminal);
      case 'part':
        return describePart(explanation, terminal);
      case 'item':
        return describeItem(explanation, terminal);
      default:
        return explanation satisfies never;
    }
  },
  events: (explanation) => [{ event: 'explained', ...eventOf(explanation) }],
};

function describeResource({ resource, overrides }: Explanation & { kind: 'resource' }, terminal: Terminal): string {
  const { parts } = resource;
  return lines([
    terminal.paint('bold', resource.address),
    ...factsOf(resource),
    ...reasons(resource.derivation, terminal),
    ...(overrides.length === 0 ? [] : ['', ...overrideLines(overrides, terminal)]),
    ...clauseLines([...resource.clauses, ...resource.derivation.flatMap(({ clauses = [] }) => clauses)]),
    ...(parts.length === 0
      ? []
      : ['', `Parts (${parts.length}), each with reasons of its own:`, ...parts.map(({ name }) => `  #${name}`)]),
  ]);
}

function describePart({ resource, part, links }: Explanation & { kind: 'part' }, terminal: Terminal): string {
  const value = valueAt(resource.spec, part.pointer);
  return lines([
    terminal.paint('bold', `${resource.address}#${part.name}`),
    ...factsOf(resource),
    ...(value === undefined ? [] : ['', 'It is:', ...printValue(value)]),
    ...reasons([...resource.derivation, ...part.derivation], terminal),
    ...linkLines(links, terminal),
    ...clauseLines(part.derivation.flatMap(({ clauses = [] }) => clauses)),
  ]);
}

function describeItem(
  { item, derived, byClass, relatedFrom, overrides, silences, heldBackBy }: Explanation & { kind: 'item' },
  terminal: Terminal,
): string {
  const relations = [
    ...item.relations.map(({ type, to }) => `  ${type} ${to}`),
    ...relatedFrom.map(({ type, item: from }) => `  ${findRelationType(type)?.type.reverse ?? type} ${from}`),
  ];
  return lines([
    terminal.paint('bold', `${item.id} (${item.class})`),
    `  ${item.title.en}${item.title.zh === item.title.en ? '' : ` / ${item.title.zh}`}`,
    `  site ${item.site}, owner ${item.owner}, ${item.criticality}, ${item.stage}${item.tenant === null ? '' : `, tenant ${item.tenant}`}`,
    `  declared at ${terminal.paint('cyan', printSpan(item.source))}`,
    ...(relations.length === 0 ? [] : ['', 'Relations:', ...relations]),
    ...(overrides.length === 0 ? [] : ['', ...overrideLines(overrides, terminal)]),
    ...(heldBackBy.length === 0 ? [] : ['', 'Its alerts are not told while one of these fires:']),
    ...heldBackBy.map(({ alerts, item: source }) => `  ${alerts.join(', ')} of ${source}`),
    ...(silences.length === 0 ? [] : ['', 'Silenced:', ...silences.flatMap((one) => silenceLines(one, terminal))]),
    '',
    `Derived from it (${derived.length}):`,
    ...derived.map((address) => `  ${address}`),
    ...(derived.length === 0 ? ['  nothing: no stack operates it'] : []),
    ...(byClass.length === 0 ? [] : ['', `Shared with the other items of class ${item.class}:`]),
    ...byClass.flatMap(({ address, parts }) => [`  ${address}`, `    ${parts.map((part) => `#${part}`).join(' ')}`]),
  ]);
}

function factsOf({ target, owner, tier, criticality, tenant, source }: Resource): readonly string[] {
  const tenancy = tenant === null ? '' : `, tenant ${tenant}`;
  return [
    `  target ${target}, owner ${owner}, tier ${tier}, ${criticality}${tenancy}`,
    `  declared at ${printSpan(source)}`,
  ];
}

function reasons(steps: readonly DerivationStep[], { paint }: Terminal): readonly string[] {
  const described = steps.flatMap(({ kind, subject, text, source }, index) => [
    `  ${index + 1}. ${paint('bold', `${kind} ${subject}`)}`,
    `     ${text}`,
    ...(source === undefined ? [] : [`     at ${paint('cyan', printSpan(source))}`]),
  ]);
  return ['', 'Because:', ...described];
}

function linkLines(links: AlertLinks | null, terminal: Terminal): readonly string[] {
  if (links === null) return [];
  const { alert, overrides, rules } = links;
  return [
    '',
    ...(overrides.length === 0
      ? [`No tuning and no waiver of ${alert} applies here.`]
      : overrideLines(overrides, terminal)),
    ...(rules.length === 0 ? [] : ['', `Rules that go with ${alert}:`, ...rules.map((address) => `  ${address}`)]),
  ];
}

function overrideLines(overrides: readonly OverrideDescription[], { width }: Terminal): readonly string[] {
  const said = sayOverrides(overrides).flatMap(({ sentence }) => wrapText(sentence, width, '  ', '    '));
  return ['Tuned or waived:', ...said];
}

function silenceLines(silence: ItemSilence, { width }: Terminal): readonly string[] {
  const { address, alerts, from, until, change, owner, reason } = silence;
  const begin = from === null ? '' : `from ${from} `;
  const who = alerts === null ? 'all its alerts' : alerts.join(', ');
  return wrapText(`${address}: ${who}, ${begin}until ${until} (${change}, ${owner}): ${reason}`, width, '  ', '    ');
}

function clauseLines(clauses: readonly string[]): readonly string[] {
  return clauses.length === 0 ? [] : ['', `Clauses it serves: ${[...new Set(clauses)].sort().join(', ')}`];
}

function printValue(value: JsonValue): readonly string[] {
  return JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => `  ${line}`);
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

function eventOf(explanation: Explanation): Readonly<Record<string, unknown>> {
  switch (explanation.kind) {
    case 'resource': {
      const { parts, ...resource } = explanation.resource;
      const { overrides } = explanation;
      return { kind: 'resource', ...resource, parts: parts.map(({ name }) => name), overrides };
    }
    case 'part': {
      const { address, spec, target, owner, source } = explanation.resource;
      const { links } = explanation;
      const { name, pointer, derivation } = explanation.part;
      return {
        kind: 'part',
        address,
        part: name,
        target,
        owner,
        source,
        value: valueAt(spec, pointer),
        derivation,
        links,
      };
    }
    case 'item':
      return { ...explanation };
    default:
      return explanation satisfies never;
  }
}
