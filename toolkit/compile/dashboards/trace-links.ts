import type { ConfigurationItem, Signal } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import type { PanelLink } from './print-panel.ts';

/**
 * Where traces are looked up, for whoever sees that something is slow or fails: every store of traces of the group that
 * has a page, the own ones first. A number that is neither a time nor an error leads to none.
 */
export function traceLinks(operated: OperatedStack, key: string, signal: Signal): readonly PanelLink[] {
  if (!isTimeOrError(key, signal)) return [];
  const { catalogue, monitored, allItems } = operated;
  const keepers = catalogue.classes.filter(({ tracesAt }) => tracesAt !== undefined);
  if (keepers.length === 0) return [];
  const own = new Set(monitored.map(({ id }) => id));
  const found = [...allItems.values()].flatMap((item) => linkOf(item, keepers));
  return found
    .sort((left, right) => Number(own.has(right.id)) - Number(own.has(left.id)) || (left.id < right.id ? -1 : 1))
    .map(({ link }) => link);
}

function isTimeOrError(key: string, { unit, direction }: Signal): boolean {
  if (direction !== 'high-is-bad') return false;
  return unit === 'seconds' || /error|fail/i.test(key);
}

function linkOf(item: ConfigurationItem, keepers: OperatedStack['catalogue']['classes']) {
  const keeper = keepers.find(({ id }) => id === item.class);
  const url = item.stage === 'in-service' ? keeper?.tracesAt?.(item.attributes as never) : undefined;
  return url === undefined ? [] : [{ id: item.id, link: { title: `Traces · 链路: ${item.id}`, url } }];
}
