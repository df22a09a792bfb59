import type { Address } from './address.ts';
import type { Digest } from './digest.ts';
import type { JsonObject } from './json.ts';
import type { Lifecycle } from './resource.ts';

/** What the engine remembers of one object that it put in place: the last applied value of the three-way plan. */
export interface AppliedResource {
  readonly address: Address;
  readonly type: string;
  readonly target: string;
  /** The canonical spec as applied, secrets as references. */
  readonly spec: JsonObject;
  /** Salted digests of the secret values that were written, by reference: tells that a secret was rotated. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly dependsOn: readonly Address[];
  readonly lifecycle: Lifecycle;
  readonly owner: string;
}

/** The last applied side of one stack, as plan reads it. Never written by anything but an engine. */
export interface StackState {
  readonly stack: string;
  readonly environment: string;
  /** Made once when the state is born; tells two states of the same name apart. */
  readonly lineage: string;
  /** Rises by one with every change of the state. */
  readonly serial: number;
  /** Salt of the secret digests of this state. */
  readonly salt: string;
  readonly resources: ReadonlyMap<Address, AppliedResource>;
  /** Targets whose files were changed by a run that was cut off before it could reload them: apply must commit these. */
  readonly uncommittedTargets: readonly string[];
  /** Objects that were applied and not seen to work since, with what is excused (`HealthReference`): each run looks again. */
  readonly unhealthy?: ReadonlyMap<Address, readonly string[]>;
  /** By id, the level of each policy that judged the last plan that was applied; not given before there was one. */
  readonly policies?: Readonly<Record<string, string>>;
  /** Who answered for each target when it was last applied to. */
  readonly identities: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Digest over all of the above, for the plan's inputs. */
  readonly digest: Digest;
}
