import type { Check } from '../check.ts';

/** Only of classes of which other items have targets: what is never scraped may be watched in another way. */
export const check: Check = {
  code: 'item-without-target',
  about: 'everything',
  severity: 'warning',
  summary: 'Item in service that is not measured as its like are',
  why: 'No alert of its class can fire for it, and nothing says so: it looks as well as the healthy ones.',
  hint: 'Add its target, or say in the inventory that it is not in service.',
  bad: '{"id": "db-1", "class": "host", "stage": "in-service", "attributes": {}, "relations": []}\n---\n{"id": "db-2", "class": "host", "stage": "in-service", "attributes": {}, "relations": []}\n---\n[{"targets": ["db-1:9100"], "labels": {"item": "db-1", "class": "host"}}]\n---\n- alert: Down\n  expr: up == 0\n  for: 5m\n',
  good: '{"id": "db-1", "class": "host", "stage": "in-service", "attributes": {}, "relations": []}\n---\n{"id": "db-2", "class": "host", "stage": "in-stock", "attributes": {}, "relations": []}\n---\n[{"targets": ["db-1:9100"], "labels": {"item": "db-1", "class": "host"}}]\n---\n- alert: Down\n  expr: up == 0\n  for: 5m\n',
  judge: ({ input }) => {
    const measured = new Set(input.targets.map(({ labels }) => labels.item));
    const classes = new Set(input.targets.map(({ labels }) => labels.class));
    return input.items
      .filter((item) => item.stage === 'in-service' && classes.has(item.class) && !measured.has(item.id))
      .map((place) => ({ place, text: `${place.id} is in service, and no target has it in its labels.` }));
  },
};
