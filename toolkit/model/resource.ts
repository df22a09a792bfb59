import type { SourceSpan } from '../diagnostics/index.ts';
import type { Address } from './address.ts';
import type { JsonObject } from './json.ts';
import type { Criticality, TierId } from './organisation.ts';

/**
 * The smallest thing that its real system loads or deletes on its own: one rule file, one target list, one main
 * configuration, one dashboard. Plain JSON; the provider prints the bytes.
 */
export interface Resource {
  readonly address: Address;
  /** Former addresses: a rename that names them here changes nothing in the real system. */
  readonly aliases: readonly Address[];
  /** Such as `prometheus-rules`; equal to the type in the address. */
  readonly type: string;
  /** Name of the stack's target that holds it, such as `prometheus`; a binding says where that is. */
  readonly target: string;
  readonly spec: JsonObject;
  /** Addresses, in any stack of the same plan, that must be in place first. */
  readonly dependsOn: readonly Address[];
  /** Team id. */
  readonly owner: string;
  readonly tenant: string | null;
  readonly tier: TierId;
  readonly criticality: Criticality;
  /** Standard clauses that it serves, such as `S0:6.2.1`. */
  readonly clauses: readonly string[];
  readonly lifecycle: Lifecycle;
  /** Where the declaration stands that made it. */
  readonly source: SourceSpan;
  /** Why it is there, most general reason first; `opsctl explain` prints it. */
  readonly derivation: readonly DerivationStep[];
  /** Alerts, routes, jobs, panels inside, each with an address and reasons of its own. */
  readonly parts: readonly ResourcePart[];
  /**
   * Address of the same thing where the systems of the control point are no cluster. Patterns of statements, `explain` and
   * findings know it by both.
   */
  readonly origin?: Address;
}

export interface Lifecycle {
  /** Refuses delete and replace; kept in the state, so that it outlives its declaration. */
  readonly protect: boolean;
  /** JSON pointers into `spec` that are neither compared nor written over, such as `/global/scrape_interval`. */
  readonly ignore: readonly string[];
  /** Leave the real object in place when the declaration goes; only the record of it is dropped. */
  readonly retainOnDelete: boolean;
}

/** One reason why a resource or a part exists or looks as it does. */
export interface DerivationStep {
  readonly kind:
    | 'declaration'
    | 'class-rule'
    | 'relation'
    | 'tuning'
    | 'waiver'
    | 'silence'
    | 'patch'
    | 'organisation'
    | 'tier-rule';
  /** What did it: an item id, `host.cpuBusy`, a stack name. */
  readonly subject: string;
  /** One sentence for the reader. */
  readonly text: string;
  readonly source?: SourceSpan;
  readonly clauses?: readonly string[];
}

export interface ResourcePart {
  /** Unique in the resource; the text after `#` in its address. */
  readonly name: string;
  /** JSON pointer into the resource's spec. */
  readonly pointer: string;
  readonly derivation: readonly DerivationStep[];
}

export const plainLifecycle: Lifecycle = { protect: false, ignore: [], retainOnDelete: false };
