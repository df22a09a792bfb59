import type { Diagnostic, Occurrence } from './diagnostic.ts';
import type { Severity } from './severity.ts';

/** The fixed text of one code. `detail` and `hint` may be built from the facts of an occurrence. */
export interface DiagnosticDefinition<Facts> {
  readonly severity: Severity;
  readonly summary: string;
  readonly detail: (facts: Facts) => string;
  readonly hint: string | ((facts: Facts) => string);
}

// biome-ignore lint/suspicious/noExplicitAny: the facts of a code are contravariant; `never` would refuse every definition.
type Definitions = Readonly<Record<string, DiagnosticDefinition<any>>>;
type FactsOf<Definition> = Definition extends DiagnosticDefinition<infer Facts> ? Facts : never;

export interface DiagnosticCatalogue<Codes extends Definitions> {
  readonly area: string;
  readonly definitions: Codes;
  create<Code extends keyof Codes & string>(
    code: Code,
    facts: FactsOf<Codes[Code]>,
    occurrence?: Occurrence,
  ): Diagnostic;
}

/**
 * Declares the diagnostics of one area as data. Forgetting a fact of a code does not compile.
 *
 * ```ts
 * export const planDiagnostics = defineDiagnostics('plan', { 'dependency-cycle': { severity, summary, detail, hint } });
 * planDiagnostics.create('dependency-cycle', { path }, { position: resource.source });   // plan/dependency-cycle
 * ```
 */
export function defineDiagnostics<const Codes extends Definitions>(
  area: string,
  definitions: Codes,
): DiagnosticCatalogue<Codes> {
  return {
    area,
    definitions,
    create(code, facts, occurrence = {}) {
      const definition = definitions[code];
      if (definition === undefined) throw new Error(`Bug: no diagnostic ${area}/${code} is defined.`);
      const hint = typeof definition.hint === 'function' ? definition.hint(facts) : definition.hint;
      return {
        code: `${area}/${code}`,
        severity: definition.severity,
        summary: definition.summary,
        detail: definition.detail(facts),
        hint,
        ...occurrence,
      };
    },
  };
}
