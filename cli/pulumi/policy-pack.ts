// `opsctl/pulumi/policy-pack`: the policies of a repository inside `pulumi preview` and `pulumi up`.
import type { Diagnostic } from '../../toolkit/diagnostics/index.ts';
import {
  type PolicyResource,
  pulumiStackOf,
  stacksIn,
  violationsOf,
  type Weight,
} from '../../toolkit/engine/pulumi/policy-findings.ts';
import { readPulumiStackName } from '../../toolkit/engine/pulumi/urn.ts';
import { makePlan } from '../../toolkit/operate/make-plan.ts';
import { openContent } from '../../toolkit/operate/open-content.ts';
import { wire } from '../wire.ts';

/** One policy of a pack, in the shape that `PolicyPack` of @pulumi/policy takes. */
export interface StackPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: 'mandatory' | 'advisory';
  validateStack(
    args: { readonly resources: readonly PolicyResource[] },
    reportViolation: (message: string, urn?: string) => void,
  ): Promise<void>;
}

/**
 * What `new PolicyPack('opsctl', ...)` takes. The policies are those of the repository around `directory`: they run in the
 * sandbox, over its content and over the plan from what Pulumi has recorded to what is declared. No target is asked.
 */
export function opsctlPolicies(directory: string): { policies: StackPolicy[] } {
  const judged = new Map<string, Promise<readonly Diagnostic[]>>();
  const findings = (resources: readonly PolicyResource[]) => {
    const key = pulumiStackOf(resources);
    const known = judged.get(key) ?? judge(directory, resources);
    judged.set(key, known);
    return known;
  };
  const policyOf = (weight: Weight, description: string): StackPolicy => ({
    name: `opsctl-${weight}`,
    description,
    enforcementLevel: weight === 'blocking' ? 'mandatory' : 'advisory',
    async validateStack({ resources }, reportViolation) {
      for (const { message, urn } of violationsOf(await findings(resources), weight, resources))
        reportViolation(message, urn ?? undefined);
    },
  });
  return {
    policies: [
      policyOf('blocking', 'What keeps a plan from being applied.'),
      policyOf('approval', 'What somebody has to approve: `opsctl apply` asks who did.'),
      policyOf('advice', 'What is worth looking at.'),
    ],
  };
}

async function judge(directory: string, resources: readonly PolicyResource[]): Promise<readonly Diagnostic[]> {
  const stacks = stacksIn(resources);
  if (stacks.length === 0) return [];
  const { env } = process;
  const wiring = wire(`${directory}/.opsctl/state`, 'pulumi', { engine: 'pulumi', bindingsFile: null, env });
  const environment = readPulumiStackName(pulumiStackOf(resources))?.environment ?? null;
  const { value, diagnostics } = await openContent({
    directory,
    environment,
    bindingsFile: env['OPSCTL_BINDINGS'] ?? null,
    wiring,
  });
  if (value === null) return diagnostics;
  try {
    const today = new Date().toISOString().slice(0, 10);
    const plan = await makePlan(value.repository, value.content, wiring, { ...nothingAsked, stacks, today });
    return [...diagnostics, ...plan.diagnostics, ...(plan.value?.findings ?? [])];
  } finally {
    await value.content.close();
  }
}

const nothingAsked = {
  ...{ targets: [], exclude: [], adopt: [], targetMoved: [] },
  ...{ offline: true, destroy: false, parallel: 10 },
  brakes: { maxDeletes: 20, maxDeleteShare: 0.25, allowedDeletes: 0, allowEmpty: false },
  onProgress: () => undefined,
  signal: new AbortController().signal,
};
