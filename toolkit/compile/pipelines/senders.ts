import type { ConfigurationItem, Pipeline, TierId } from '../../model/index.ts';
import { itemLabels } from '../operated-stack.ts';

type Labels = Readonly<Record<string, string>>;

/** Whose the records of a pipeline are: all of one item, or by what their sender is called. */
export interface SenderLabels {
  readonly everything: Labels | null;
  /** By name of the sender; an item has several. */
  readonly bySender: ReadonlyMap<string, Labels>;
}

export function senderLabels(pipeline: Pipeline, items: readonly ConfigurationItem[], tier: TierId): SenderLabels {
  const [only] = items;
  if (pipeline.sender === undefined)
    return { everything: only === undefined ? null : itemLabels(only, tier), bySender: new Map() };
  const names = items.flatMap((item) => senderNames(item).map((name) => [name, itemLabels(item, tier)] as const));
  return { everything: null, bySender: new Map(names) };
}

/** What an item may call itself: its id, its address and the first part of that, and a host name in its identity. */
export function senderNames({ id, attributes, identity }: ConfigurationItem): readonly string[] {
  const { address } = attributes;
  const host = typeof address === 'string' ? address.replace(/:\d+$/, '') : null;
  // The first part of an address of numbers is no name.
  const short = host === null || /^[\d.:]+$/.test(host) ? null : (host.split('.')[0] ?? null);
  const names = [id, host, short, identity['hostname']].filter((name) => typeof name === 'string' && name !== '');
  return [...new Set(names as readonly string[])];
}
