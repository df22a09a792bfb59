import { type Expression, metricOf, selectorsIn } from '../../languages/promql/index.ts';
import type { Check } from '../check.ts';

export const check: Check = {
  code: 'if-speed',
  about: 'expression',
  severity: 'warning',
  summary: 'Interface counter or speed that overflows',
  why: 'ifSpeed ends at 4.29 Gbit/s: a 10-Gbit link shows 4.29. ifInOctets and its like have 32 bits and wrap at 1 Gbit/s within 34 seconds, mostly between two scrapes.',
  hint: 'Use ifHighSpeed (in Mbit/s, times 1e6) and the 64-bit counters ifHCInOctets and ifHCOutOctets.',
  bad: '- record: interface:in:ratio\n  expr: rate(ifHCInOctets[5m]) * 8 / ifSpeed\n',
  good: '- record: interface:in:ratio\n  expr: rate(ifHCInOctets[5m]) * 8 / (ifHighSpeed * 1e6)\n',
  judge: (index) => {
    if (!/\bif(?:Speed|InOctets|OutOctets|InUcastPkts|OutUcastPkts)\b/.test(index.text)) return [];
    const names = metricsOf(index.expression);
    return index.entries('selector').flatMap(({ node }) => {
      const better = wider.get(metricOf(node) ?? '');
      // With the wide one beside it, the narrow one is there for devices that have no other.
      if (better === undefined || names.has(better)) return [];
      return [{ text: `${metricOf(node)} has 32 bits.`, span: node.span, expected: better }];
    });
  },
};

const wider: ReadonlyMap<string, string> = new Map([
  ['ifSpeed', 'ifHighSpeed'],
  ['ifInOctets', 'ifHCInOctets'],
  ['ifOutOctets', 'ifHCOutOctets'],
  ['ifInUcastPkts', 'ifHCInUcastPkts'],
  ['ifOutUcastPkts', 'ifHCOutUcastPkts'],
]);

function metricsOf(expression: Expression): ReadonlySet<string> {
  return new Set(selectorsIn(expression).map((selector) => metricOf(selector) ?? ''));
}
