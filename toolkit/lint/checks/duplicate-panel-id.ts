import type { Check } from '../check.ts';

export const check: Check = {
  code: 'duplicate-panel-id',
  about: 'dashboard',
  severity: 'warning',
  summary: 'Two panels of one id',
  why: 'Links to a panel, its alerts and its "view" page go by the id, and open the other one; saving in Grafana gives one of them a new id without a word.',
  hint: 'Give each panel an id of its own.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "text", "title": "A"}, {"id": 1, "type": "text", "title": "B"}]}',
  good: '{"title": "Hosts", "schemaVersion": 39, "panels": [{"id": 1, "type": "text", "title": "A"}, {"id": 2, "type": "text", "title": "B"}]}',
  judge: ({ panels, pointer }) => {
    const titles = new Map<number, string>();
    return panels.flatMap(({ id, title, pointer: at }) => {
      const earlier = id === null ? undefined : titles.get(id);
      if (id !== null && earlier === undefined) titles.set(id, title);
      if (earlier === undefined) return [];
      return [
        {
          text: `The panels "${earlier}" and "${title}" have the id ${id}.`,
          pointer: `${at.slice(pointer.length)}/id`,
        },
      ];
    });
  },
};
