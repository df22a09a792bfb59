import type { Diagnostic } from '../../diagnostics/index.ts';
import { addressOfUrn } from './urn.ts';

/** A resource as a policy pack sees it, as far as it is looked at here. */
export interface PolicyResource {
  readonly urn: string;
  readonly type: string;
}

/** How hard a policy of the pack holds. */
export type Weight = 'blocking' | 'approval' | 'advice';

/** A finding in the words of a pack, at the resource that it is about, where there is one. */
export interface Violation {
  readonly message: string;
  readonly urn: string | null;
}

/** Findings of one weight. What has to be approved does not block here: a preview asks nobody. */
export function violationsOf(
  findings: readonly Diagnostic[],
  weight: Weight,
  resources: readonly PolicyResource[],
): readonly Violation[] {
  const urns = new Map(
    resources.flatMap(({ urn }) => {
      const address = addressOfUrn(urn);
      return address === null ? [] : [[String(address), urn] as const];
    }),
  );
  return findings
    .filter((finding) => weightOf(finding) === weight)
    .map(({ code, summary, detail, hint, position, subject = '' }) => ({
      message: [`${summary} [${code}]`, ...placeOf(position), detail, `Fix: ${hint}`].join('\n'),
      urn: urns.get(subject.split('#')[0] ?? '') ?? null,
    }));
}

function placeOf(position: Diagnostic['position']): readonly string[] {
  return position === undefined ? [] : [`at ${position.file}:${position.line}:${position.column}`];
}

function weightOf({ severity, needsApproval }: Diagnostic): Weight {
  if (needsApproval === true) return 'approval';
  return severity === 'error' ? 'blocking' : 'advice';
}

/** Our stacks that these resources are of. */
export function stacksIn(resources: readonly PolicyResource[]): readonly string[] {
  const stacks = resources.flatMap(({ urn }) => addressOfUrn(urn)?.split('/')[0] ?? []);
  return [...new Set(stacks)].sort();
}

/** `lab.plant-1`, from any URN of it. */
export function pulumiStackOf([first]: readonly PolicyResource[]): string {
  return first?.urn.split(':')[2] ?? '';
}
