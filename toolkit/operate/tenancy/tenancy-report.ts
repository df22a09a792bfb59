import type { Diagnostic } from '../../diagnostics/index.ts';

/** In which way one tenant could harm another. */
export type Aspect = 'read' | 'write' | 'exhaust' | 'network';
export const aspects: readonly Aspect[] = ['read', 'write', 'exhaust', 'network'];

/**
 * `held`: it was tried, and refused. `declared`: content lets it through, with a reason. `untried`: nobody could tell.
 * `broken`: it was tried, and possible.
 */
export type Verdict = 'held' | 'declared' | 'untried' | 'broken';
/** What weighs most comes last. */
export const verdicts: readonly Verdict[] = ['held', 'declared', 'untried', 'broken'];

/** One thing that was looked at or tried. */
export interface Evidence {
  /** Who could do harm; null: anybody. */
  readonly tenant: string | null;
  /** To whom; null: to all others. */
  readonly other: string | null;
  readonly aspect: Aspect;
  readonly verdict: Verdict;
  /** What was tried, by whom: `mes-developers lists secrets in erp-prod`. */
  readonly asked: string;
  /** What came of it. */
  readonly answered: string;
}

/** One field of the matrix. */
export interface TenancyCell {
  readonly stack: string;
  readonly tenant: string;
  readonly other: string;
  readonly aspect: Aspect;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
}

export interface StackTenancy {
  readonly stack: string;
  readonly tenants: readonly string[];
  readonly cells: readonly TenancyCell[];
  /** All of it, also what concerns a tenant alone in its cluster. */
  readonly evidence: readonly Evidence[];
}

export interface TenancyReport {
  readonly stacks: readonly StackTenancy[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The matrix of a stack: what was seen, sorted to whom it concerns. */
export function cellsOf(
  stack: string,
  tenants: readonly string[],
  evidence: readonly Evidence[],
): readonly TenancyCell[] {
  return tenants.flatMap((tenant) =>
    tenants
      .filter((other) => other !== tenant)
      .flatMap((other) =>
        aspects.map((aspect) => {
          const own = evidence.filter(
            (one) =>
              one.aspect === aspect &&
              (one.tenant === null || one.tenant === tenant) &&
              (one.other === null || one.other === other),
          );
          return { stack, tenant, other, aspect, verdict: worst(own), evidence: own };
        }),
      ),
  );
}

/** Nothing seen is nothing shown. */
function worst(evidence: readonly Evidence[]): Verdict {
  const ranks = evidence.map(({ verdict }) => verdicts.indexOf(verdict));
  return ranks.length === 0 ? 'untried' : (verdicts[Math.max(...ranks)] ?? 'untried');
}
