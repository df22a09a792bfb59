import { describe, expect, it } from 'vitest';
import { currentDialect } from '../languages/promql/index.ts';
import { lint } from './lint.ts';
import { readForeign } from './read/read-foreign.ts';

function told(code: string, text: string): readonly string[] {
  const { input } = readForeign([{ path: 'file.yaml', text }], '0.34');
  const findings = lint(input, {
    ...{ dialect: currentDialect, today: '2026-11-22', scrapeIntervalMs: null, retentionMs: null },
    ...{ isWanted: (asked: string) => asked === code, severities: new Map() },
  });
  return findings.map(({ diagnostic }) => diagnostic.detail);
}

describe('fallback-without-labels', () => {
  it.each([
    { name: 'beside a sum by a label', expr: 'sum by (job) (a) or vector(0)', lacks: ['job'] },
    { name: 'inside of it', expr: 'sum by (site, job) (a{b="c"} or vector(0))', lacks: ['site, job'] },
    { name: 'in parentheses', expr: '1 - (sum by (job) (a) or (vector(0)))', lacks: ['job'] },
    { name: 'beside a sum of all', expr: 'sum(a) or vector(0)', lacks: [] },
    { name: 'inside of one', expr: 'sum(a or vector(0))', lacks: [] },
    { name: 'that a matching lets in on purpose', expr: 'sum by (job) (a) or on () vector(0)', lacks: [] },
    { name: 'with the labels', expr: 'sum by (job) (a) or 0 * sum by (job) (up)', lacks: [] },
  ])('a fallback $name', ({ expr, lacks }) => {
    const text = `groups:\n  - name: g\n    rules:\n      - {record: "a:b", expr: '${expr}'}\n`;
    expect(told('fallback-without-labels', text)).toEqual(
      lacks.map((labels) => `The fallback has no ${labels}, by which the other series are told apart.`),
    );
  });
});

describe('panel-rate-interval', () => {
  const one = 'takes a rate over';
  it.each([
    { name: 'over $__interval', expr: 'rate(a[$__interval])', says: [`The panel "Requests" ${one} $__interval.`] },
    { name: 'over a fixed range', expr: 'rate(a[5m])', says: [`The graph "Requests" ${one} a fixed range.`] },
    {
      name: 'of a job with parentheses',
      expr: 'rate(a{j=~"(x|y)"}[5m])',
      says: [`The graph "Requests" ${one} a fixed range.`],
    },
    { name: 'over what follows the zoom', expr: 'rate(a[$__rate_interval])', says: [] },
    { name: 'over a fixed range where that gives nothing', expr: 'rate(a[$interval]) or rate(a[5m])', says: [] },
    { name: 'that the title tells', title: 'Requests, last 1h', expr: 'rate(a[1h])', says: [] },
    { name: 'of one number', type: 'stat', expr: 'rate(a[5m])', says: [] },
    { name: 'that is no rate', expr: 'max_over_time(a[5m])', says: [] },
  ])('a rate $name', ({ expr, says, title = 'Requests', type = 'timeseries' }) => {
    const panel = { id: 1, type, title, targets: [{ expr, refId: 'A' }] };
    const dashboard = { title: 'Web', uid: 'web', schemaVersion: 39, time: {}, panels: [panel] };
    expect(told('panel-rate-interval', JSON.stringify(dashboard))).toEqual(says);
  });
});
