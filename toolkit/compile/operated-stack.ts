import type { Catalogue, ConfigurationItem, Organisation, Stack, TierId } from '../model/index.ts';
import { parseDuration, printDuration } from '../model/index.ts';

/** One stack with all that its compilers need to know: its items, its place in the group, where things answer. */
export interface OperatedStack {
  readonly stack: Stack;
  readonly organisation: Organisation;
  readonly catalogue: Catalogue;
  /** Items that the stack's selections match, by id; all stages of life. */
  readonly items: readonly ConfigurationItem[];
  /** Of those, the ones in service: what is measured and alerted on. */
  readonly monitored: readonly ConfigurationItem[];
  /** What the stacks below, at all depths, have in service: their alerts arrive here too. */
  readonly below: readonly ConfigurationItem[];
  /** All items of the organisation by id, for relations that leave the stack. */
  readonly allItems: ReadonlyMap<string, ConfigurationItem>;
  /** From the parent up to L1. */
  readonly ancestors: readonly Stack[];
  readonly children: readonly Stack[];
  readonly surroundings: Surroundings;
}

/** What of an environment reaches compiled output: addresses, and how fast time runs there. */
export interface Surroundings {
  /** Where the content's `host:port` or URL answers; itself unless the bindings say otherwise. */
  readonly endpoint: (declared: string) => string;
  /** `host:port` of a stack's target. */
  readonly targetEndpoint: (stack: string, target: string) => string;
  /** Directory of a stack's target, for programs that name their own files. */
  readonly targetDirectory: (stack: string, target: string) => string;
  /** A laboratory may run intervals and waiting times this many times faster; 1 everywhere else. */
  readonly speed: number;
}

/** A duration of the content as it holds in this environment, never under a second unless it is zero. */
export function paced(operated: OperatedStack, duration: string): string {
  const durationMs = parseDuration(duration);
  if (durationMs === null) throw new Error(`Bug: the duration ${JSON.stringify(duration)} was not checked.`);
  if (durationMs === 0 || operated.surroundings.speed === 1) return printDuration(durationMs);
  return printDuration(Math.max(1, Math.round(durationMs / 1000 / operated.surroundings.speed)) * 1000);
}

export function itemsOfClass(operated: OperatedStack, classId: string): readonly ConfigurationItem[] {
  return operated.monitored.filter((item) => item.class === classId);
}

/** Labels that every series and every alert of an item carries: the public contract of alerts. */
export function itemLabels(item: ConfigurationItem, tier: TierId): Readonly<Record<string, string>> {
  return {
    item: item.id,
    class: item.class,
    tier,
    site: item.site,
    tenant: item.tenant ?? sharedTenant,
    team: item.owner,
    criticality: item.criticality,
  };
}

/** The `tenant` label of items that serve more than one tenant. */
export const sharedTenant = 'shared';

/** Where whoever is woken reads what to do. */
export function runbookUrl({ organisation }: OperatedStack, path: string): string {
  return `${organisation.runbookBase}/${path}${organisation.runbookSuffix ?? ''}`;
}
