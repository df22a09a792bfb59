import { Failure } from '../../diagnostics/index.ts';
import { type Address, type JsonValue, jsonEquals } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import { refuseStaleState, stale } from '../check-plan.ts';
import type { StackKey } from '../state/state-backend.ts';
import type { PulumiCommand } from './pulumi-command.ts';
import { type DeployedStack, readDeployment } from './read-deployment.ts';
import { rememberedState } from './remembered-state.ts';

/** The state of a stack, if it is the one that the plan was made from. */
export async function loadUnmoved(plan: Plan, stack: string, command: PulumiCommand): Promise<DeployedStack> {
  const deployed = await loadDeployment({ environment: plan.environment, stack }, command);
  refuseStaleState(plan, rememberedState(deployed).state);
  return deployed;
}

export async function loadDeployment(key: StackKey, command: PulumiCommand): Promise<DeployedStack> {
  const read = readDeployment(await command.exportStack(key), key, command.project.name);
  if (read.ok) return read.stack;
  const [first] = read.diagnostics;
  if (first === undefined) throw new Error('Bug: a state was refused without a reason.');
  throw new Failure(first);
}

/**
 * Refuses a state that is not as it was when the run began. Looked at while Pulumi holds its lock; by then this run itself may
 * have dropped the records of some objects, and looked again at others, whose records are gone where the object is.
 */
export function refuseMovedState(
  { record: before }: DeployedStack,
  { record: now }: DeployedStack,
  ownWork: ReadonlySet<Address>,
): void {
  const addresses = new Set([...before.resources.keys(), ...now.resources.keys()]);
  const moved = [...addresses]
    .filter((address) => {
      const found = now.resources.get(address);
      if (found === undefined && ownWork.has(address)) return false;
      return !jsonEquals(asJson(before.resources.get(address)), asJson(found));
    })
    .sort();
  const isOther = before.lineage !== '' && before.lineage !== now.lineage;
  if (moved.length === 0 && !isOther) return;
  throw stale(
    `The state of stack ${before.key.stack} has changed since the plan was made${moved.length === 0 ? '' : `: ${moved.slice(0, 5).join(', ')}`}.`,
  );
}

// Plain JSON: interfaces lack the index signature that JsonObject asks for.
function asJson(value: object | undefined): JsonValue | undefined {
  return value as JsonValue | undefined;
}
