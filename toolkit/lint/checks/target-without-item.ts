import type { Check } from '../check.ts';

/** Only where records of items are among the files. */
export const check: Check = {
  code: 'target-without-item',
  about: 'everything',
  severity: 'warning',
  summary: 'Target of an item that nobody has on record',
  why: 'Who owns it, how urgent its faults are and what depends on it is known to nobody: its alerts go to nobody in particular.',
  hint: 'Add the item to the inventory, or remove the target.',
  bad: '[{"targets": ["db-2:9100"], "labels": {"item": "db-2", "class": "host"}}]\n---\n{"id": "db-1", "class": "host", "stage": "in-service", "attributes": {}, "relations": []}\n---\n[{"targets": ["db-1:9100"], "labels": {"item": "db-1", "class": "host"}}]\n---\n- alert: Down\n  expr: up == 0\n  for: 5m\n',
  good: '{"id": "db-1", "class": "host", "stage": "in-service", "attributes": {}, "relations": []}\n---\n[{"targets": ["db-1:9100"], "labels": {"item": "db-1", "class": "host"}}]\n---\n- alert: Down\n  expr: up == 0\n  for: 5m\n',
  judge: ({ input }) => {
    if (input.items.length === 0) return [];
    const known = new Set(input.items.map(({ id }) => id));
    return input.targets.flatMap((place) => {
      const { targets, labels } = place;
      const item = labels.item ?? '';
      if (known.has(item)) return [];
      const named = item === '' ? 'no item' : `the item ${item}, which is not on record`;
      return [{ place, text: `${targets.join(', ')} names ${named}.` }];
    });
  },
};
