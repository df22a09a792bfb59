import { addressFields, isJsonObject, type JsonObject } from '../model/index.ts';
import { recordType } from './item-moves.ts';
import type { PlannedChange } from './plan.ts';
import { specsOf } from './specs-of-change.ts';

/**
 * Items that nobody may be blind for, and that are not measured from now on, or whose alerts somebody else hears. Read
 * from their records, of which each item that is operated has one. What happens to several alike is said once.
 */
export function lostItems(changes: readonly PlannedChange[]): readonly string[] {
  const losses = changes.flatMap(lossesOf);
  return [...Map.groupBy(losses, ({ stack, criticality, one }) => `${stack} ${criticality} ${one}`).values()].map(
    (alike) => {
      const { stack, criticality, one, many } = alike[0] as Loss;
      const items = alike.map(({ item }) => item).sort();
      return items.length === 1
        ? `${stack}: item ${items[0]} (${criticality}) ${one}.`
        : `${stack}: ${items.length} items (${criticality}: ${shorten(items)}) ${many}.`;
    },
  );
}

interface Loss {
  readonly stack: string;
  readonly item: string;
  readonly criticality: string;
  /** What becomes of one, and of several. */
  readonly one: string;
  readonly many: string;
}

function lossesOf(planned: PlannedChange): readonly Loss[] {
  const { stack, type, name: item } = addressFields(planned.address);
  if (type !== recordType || !('desired' in planned.change)) return [];
  const [before, after] = specsOf(planned).map(recordIn) as [JsonObject, JsonObject];
  const criticality = String(before.criticality);
  if (!urgent.has(criticality) || before.stage !== measured) return [];
  const about = { stack, item, criticality };
  if (after.stage !== measured) {
    const now = `${after.stage} instead of ${measured}: from now on nothing measures`;
    return [
      { ...about, one: `is ${now} it, and no alert tells of it`, many: `are ${now} them, and no alert tells of them` },
    ];
  }
  if (after.owner === before.owner) return [];
  const told = `to ${after.owner} instead of ${before.owner}, and so do`;
  return [{ ...about, one: `goes ${told} its alerts`, many: `go ${told} their alerts` }];
}

/** As urgent as what wakes somebody when it is not measured. */
const urgent: ReadonlySet<string> = new Set(['critical', 'high']);

/** Items in any other stage are not measured. */
const measured = 'in-service';

function recordIn({ record }: JsonObject): JsonObject {
  return isJsonObject(record ?? null) ? (record as JsonObject) : {};
}

const namedAtMost = 10;

function shorten(names: readonly string[]): string {
  const shown = names.length <= namedAtMost + 1 ? names : names.slice(0, namedAtMost);
  return [...shown, ...(shown.length < names.length ? [`${names.length - shown.length} more`] : [])].join(', ');
}
