import type { Check } from '../check.ts';
import type { DashboardFile } from '../lint-input.ts';

export const check: Check = {
  code: 'duplicate-dashboard-uid',
  about: 'everything',
  severity: 'warning',
  summary: 'Two dashboards of one uid',
  why: 'Grafana keeps the one that it read last, which can be another one after each restart.',
  hint: 'Give one of them another uid, or delete the copy.',
  bad: '{"title": "Hosts", "uid": "hosts", "schemaVersion": 39, "panels": []}\n---\n{"title": "Servers", "uid": "hosts", "schemaVersion": 39, "panels": []}',
  good: '{"title": "Hosts", "uid": "hosts", "schemaVersion": 39, "panels": []}\n---\n{"title": "Servers", "uid": "servers", "schemaVersion": 39, "panels": []}',
  judge: ({ input }) => {
    const first = new Map<string, DashboardFile>();
    return input.dashboards.flatMap((place) => {
      const earlier = place.uid === '' ? undefined : first.get(place.uid);
      if (earlier === undefined) first.set(place.uid, place);
      // Several copies of one dashboard, as of releases or flavours, are one beside the other on purpose.
      if (earlier === undefined || earlier.title === place.title) return [];
      return [
        {
          place,
          text: `"${earlier.title}" in ${earlier.document.file} and "${place.title}" have the uid ${place.uid}.`,
          pointer: '/uid',
        },
      ];
    });
  },
};
