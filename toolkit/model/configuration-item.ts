import type { SourceSpan } from '../diagnostics/index.ts';
import type { JsonValue } from './json.ts';
import type { Criticality } from './organisation.ts';
import type { BilingualText } from './text.ts';

/** Stages of an item's life (GB/T 28827.2 and S1 asset clauses); only those `in-service` are monitored. */
export type LifecycleStage = 'planned' | 'in-stock' | 'installing' | 'in-service' | 'maintenance' | 'retired';
/** In the order of a life. */
export const lifecycleStages: readonly LifecycleStage[] = [
  'planned',
  'in-stock',
  'installing',
  'in-service',
  'maintenance',
  'retired',
];

/** One thing that is operated: a host, a service, a device. The other "CI" is always continuous integration. */
export interface ConfigurationItem {
  /** Unique in the organisation for its whole life, never used again. */
  readonly id: string;
  readonly class: string;
  readonly title: BilingualText;
  readonly site: string;
  /** Team id. */
  readonly owner: string;
  readonly tenant: string | null;
  readonly criticality: Criticality;
  readonly stage: LifecycleStage;
  readonly supplier: string | null;
  /** What identifies the real thing besides its id: serial number, asset number. */
  readonly identity: Readonly<Record<string, string>>;
  /** Checked against the class. */
  readonly attributes: Readonly<Record<string, JsonValue>>;
  readonly relations: readonly ItemRelation[];
  readonly source: SourceSpan;
  /** Where single fields stand, by JSON pointer such as `/attributes/address`; for errors and for `drift --to-source`. */
  readonly fieldSources?: Readonly<Record<string, SourceSpan>>;
}

/** A relation to another item, read forward. */
export interface ItemRelation {
  /** A relation name in its forward direction, such as `runs-on`. */
  readonly type: string;
  readonly to: string;
  readonly source?: SourceSpan;
}
