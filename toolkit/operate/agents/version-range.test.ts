import { expect, it } from 'vitest';
import { compareVersions, isWithin, parseProgramRange, printBounds } from './version-range.ts';

it.each([
  { name: 'a lower bound holds from there on', range: 'node_exporter >=1.3', version: '1.3.0', within: true },
  { name: 'an older one is outside', range: 'node_exporter >=1.3', version: '1.2.2', within: false },
  { name: 'numbers are compared as numbers', range: 'x >=1.9', version: '1.10.0', within: true },
  { name: 'both bounds hold', range: 'x >=1.0 <2', version: '2.0.0', within: false },
  { name: 'a build of Debian is the version it was built from', range: 'x >=1.5', version: '1.5.0-1+b6', within: true },
  { name: 'an epoch is no part of the version', range: 'x >=1.5', version: '1:1.4.0', within: false },
  { name: 'a v before it neither', range: 'x <0.27', version: 'v0.26.0', within: true },
  { name: 'without bounds everything is within', range: 'x', version: '9', within: true },
  { name: 'what is no version is not known', range: 'x >=1', version: '(devel)', within: null },
])('$name', ({ range, version, within }) => {
  expect(isWithin(version, parseProgramRange(range).bounds)).toBe(within);
});

it('is printed as it is declared', () => {
  const { program, bounds } = parseProgramRange('snmp_exporter >=0.21 <0.30');
  expect([program, printBounds(bounds)]).toEqual(['snmp_exporter', '>=0.21 <0.30']);
});

it('sorts versions of different lengths', () => {
  expect(['1.10', '1.9.1', '1.9', '2'].sort(compareVersions)).toEqual(['1.9', '1.9.1', '1.10', '2']);
});
