import type { DiagnosticDefinition } from '../../toolkit/diagnostics/define-diagnostics.ts';
import { diagnosticCatalogues, type KnownCatalogue } from './diagnostic-catalogues.ts';
import { anchorOf, page, pageHead, table } from './markdown.ts';

/** `docs/reference/diagnostics.md`: every code that the product can tell, by area. */
export async function renderDiagnostics(): Promise<string> {
  const count = diagnosticCatalogues.reduce((sum, { definitions }) => sum + Object.keys(definitions).length, 0);
  return page([
    pageHead('Diagnostics', 'the `defineDiagnostics` calls of toolkit/ and cli/'),
    `${count} codes in ${diagnosticCatalogues.length} areas. A code is never renamed. In the texts, ‹name› stands for what ` +
      'the occurrence says; `/` parts the ways in which a hint can be worded. Findings of policies have codes of their own: ' +
      '[policies](policies.md). How to write one: [diagnostics](../diagnostics.md).',
    diagnosticCatalogues.map(({ area }) => `[${area}](#${anchorOf(area)})`).join(' · '),
    ...diagnosticCatalogues.map(describeArea),
  ]);
}

function describeArea({ area, definitions }: KnownCatalogue): string {
  const rows = Object.entries(definitions).map(([name, definition]) => [
    `\`${area}/${name}\``,
    definition.severity,
    definition.summary,
    hintOf(definition),
  ]);
  return page([`## ${area}`, table(['Code', 'Severity', 'Summary', 'What to do'], rows)]);
}

// biome-ignore lint/suspicious/noExplicitAny: the facts of a code are contravariant; here they are stand-ins.
function hintOf({ hint }: DiagnosticDefinition<any>): string {
  if (typeof hint === 'string') return hint;
  const wordings = [namedFacts, withoutSuggestion, absentFacts].flatMap((facts) => tryHint(hint, facts));
  return [...new Set(wordings)].join(' / ');
}

/** A hint may need facts that a stand-in cannot be; another stand-in then shows its wording. */
function tryHint(hint: (facts: unknown) => string, facts: unknown): readonly string[] {
  try {
    const wording = String(hint(facts));
    return wording.includes('null') ? [] : [wording];
  } catch {
    return [];
  }
}

/** What a hint suggests, where there is something alike. */
const suggestions: Readonly<Record<string, unknown>> = { nearest: null, alike: [] };

/** Each fact is a text that names it, and a list of one such text. */
const namedFacts: unknown = new Proxy({}, { get: (_, name) => standIn(String(name)) });
const withoutSuggestion: unknown = new Proxy(suggestions, {
  get: (known, name) => (name in known ? Reflect.get(known, name) : standIn(String(name))),
});
const absentFacts: unknown = new Proxy({}, { get: () => null });

function standIn(name: string): unknown {
  const text = `‹${name}›`;
  const asText: Readonly<Record<PropertyKey, unknown>> = {
    join: () => text,
    toString: () => text,
    [Symbol.toPrimitive]: () => text,
  };
  return new Proxy([text], { get: (list, key) => asText[key] ?? Reflect.get(list, key) });
}
