import type { Check, Problem } from '../check.ts';
import type { DashboardFile } from '../lint-input.ts';

export const check: Check = {
  code: 'panel-rate-interval',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Rate that does not follow the zoom of a panel',
  why: 'Zoomed in, $__interval becomes shorter than the scrape interval: the panel is empty just where somebody looks closer. Zoomed out, a graph of rates over 5 minutes shows 5 minutes of each hour, and what happens between is not seen.',
  hint: 'Use $__rate_interval, which is never shorter than four scrapes or than the distance of two points.',
  bad: '{"title": "Web", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Requests", "targets": [{"expr": "sum(rate(http_requests_total[$__interval]))"}]}]}',
  good: '{"title": "Web", "schemaVersion": 39, "panels": [{"id": 1, "type": "timeseries", "title": "Requests", "targets": [{"expr": "sum(rate(http_requests_total[$__rate_interval]))"}]}]}',
  judge: (dashboard) => [...judgeIntervals(dashboard), ...judgeFixed(dashboard)],
};

function judgeIntervals({ panels, pointer }: DashboardFile): readonly Problem[] {
  return panels.flatMap((panel) =>
    panel.targets
      .filter(({ isPromql, expression }) => isPromql && takesRate(expression, interval))
      .map((target) => ({
        text: `The panel "${panel.title}" takes a rate over $__interval.`,
        pointer: `${target.pointer.slice(pointer.length)}/expr`,
      })),
  );
}

/** One finding for each dashboard: where one graph has a fixed range, most have. What its title says is meant. */
function judgeFixed({ panels, pointer }: DashboardFile): readonly Problem[] {
  const fixed = panels.filter(
    ({ type, title, targets }) =>
      graphs.has(type) &&
      !/\d\s*(?:s|m|h|d|w|min|hour|day|week)/i.test(title) &&
      targets.some(
        ({ isPromql, expression }) => isPromql && !followsZoom.test(expression) && takesRate(expression, fixedRange),
      ),
  );
  const [first] = fixed;
  if (first === undefined) return [];
  const more = fixed.length === 1 ? '' : `, and ${fixed.length - 1} more like it`;
  return [
    {
      text: `The graph "${first.title}" takes a rate over a fixed range${more}.`,
      pointer: first.pointer.slice(pointer.length),
    },
  ];
}

const graphs: ReadonlySet<string> = new Set(['timeseries', 'graph']);
/** Beside a range that is a variable, a fixed one stands in where that gives nothing. */
const followsZoom = /\[\s*\$/;
const interval = /\b(\w+)\s*\((?:"[^"]*"|'[^']*'|[^()[\]"'])*\[\s*(?:\$__interval|\$\{__interval\})\s*\]/g;
const fixedRange = /\b(\w+)\s*\((?:"[^"]*"|'[^']*'|[^()[\]"'])*\[\s*\d+[smh]\s*\]/g;

function takesRate(expression: string, over: RegExp): boolean {
  return [...expression.matchAll(over)].some(([, name = '']) => name === 'rate' || name === 'irate');
}
