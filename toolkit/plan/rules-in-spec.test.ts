import { expect, it } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { lostAlerts } from './lost-alerts.ts';
import { receiversInSpec, rulePointer, rulesInSpec } from './rules-in-spec.ts';

const rule = { alert: 'HostDown', labels: { severity: 'critical' } };
const receiver = { name: 'ops', webhookConfigs: [{ url: 'a' }], emailConfigs: [{ to: 'b' }] };
const object = (groups: readonly JsonObject[]) => ({ kind: 'PrometheusRule', spec: { groups } });
const routing = (receivers: readonly JsonObject[]) => ({ kind: 'AlertmanagerConfig', spec: { receivers } });

it.each([
  { name: 'a rule file', spec: { group: { rules: [rule] } }, found: [rule] },
  { name: 'every group of an object', spec: object([{ rules: [rule] }, { rules: [rule] }]), found: [rule, rule] },
  { name: 'nothing else', spec: { kind: 'ConfigMap', spec: { groups: [{ rules: [rule] }] } }, found: [] },
])('rules are those of $name', ({ spec, found }) => {
  expect(rulesInSpec(spec)).toEqual(found);
});

it('receivers are those of a configuration and of an AlertmanagerConfig', () => {
  expect(receiversInSpec({ config: { receivers: [receiver] } })).toEqual([receiver]);
  expect(receiversInSpec(routing([receiver]))).toEqual([receiver]);
  expect(receiversInSpec({ spec: { receivers: [receiver] } })).toEqual([]);
});

it('a rule stands in a group of either', () => {
  const pointers = ['/group/rules/3/expr', '/spec/groups/0/rules/3/expr', '/config/rules/3'];
  expect(pointers.map((pointer) => rulePointer.exec(pointer)?.[0])).toEqual([
    '/group/rules/3',
    '/spec/groups/0/rules/3',
    undefined,
  ]);
});

it('an operator is told what an object of a cluster no longer tells', () => {
  const other = { alert: 'HostHot', labels: { severity: 'warning' } };
  expect(lostAlerts(object([{ rules: [rule, other] }]), object([{ rules: [other] }]))).toEqual([
    'the critical alert HostDown is removed',
  ]);
  const quiet = { ...receiver, emailConfigs: [] };
  expect(lostAlerts(routing([receiver]), routing([quiet]))).toEqual(['the receiver ops loses its email channel']);
});
