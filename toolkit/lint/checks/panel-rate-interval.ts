import type { Check } from '../check.ts';

export const check: Check = {
  code: 'panel-rate-interval',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Rate over $__interval in a panel',
  why: 'Zoomed in, $__interval becomes shorter than the scrape interval: the panel is empty just where somebody looks closer.',
  hint: 'Use $__rate_interval, which is never shorter than four scrapes.',
  bad: '{"title": "Web", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Requests", "targets": [{"expr": "sum(rate(http_requests_total[$__interval]))"}]}]}',
  good: '{"title": "Web", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Requests", "targets": [{"expr": "sum(rate(http_requests_total[$__rate_interval]))"}]}]}',
  judge: ({ panels, pointer }) =>
    panels.flatMap((panel) =>
      panel.targets
        .filter(({ isPromql, expression }) => isPromql && usesInterval(expression))
        .map((target) => ({
          text: `The panel "${panel.title}" takes a rate over $__interval.`,
          pointer: `${target.pointer.slice(pointer.length)}/expr`,
        })),
    ),
};

function usesInterval(expression: string): boolean {
  const calls = expression.matchAll(/\b(\w+)\s*\([^()[\]]*\[\s*(?:\$__interval|\$\{__interval\})\s*\]/g);
  return [...calls].some(([, name = '']) => name === 'rate' || name === 'irate');
}
