import { defineRules } from 'opsctl';
import { anAlertRule, aPolicyInput, aRuleFile, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { labelHygiene } from './label-hygiene.ts';

const whole = {
  ...{ item: 'mes', class: 'service', tier: 'L3', site: 'plant-east-1' },
  ...{ tenant: 'shared', team: 'ops', criticality: 'high' },
};
const { tenant: _, ...withoutTenant } = whole;

it.each([
  { name: 'an alert of an objective that records the whole contract passes', labels: whole, faults: [] },
  {
    name: 'one that lacks a label of it fails',
    labels: withoutTenant,
    faults: ['has no tenant from slo:burn_rate, which it reads'],
  },
])('$name', ({ labels, faults }) => {
  const rules = [
    { record: 'slo:burn_rate', expr: 'vector(1)', labels: { ...labels, window: '1h' } },
    anAlertRule('SloBudgetBurning', { expr: 'slo:burn_rate{item="mes",window="1h"} > 14.4' }),
  ];
  const resources = [aRuleFile('plant-east-1/prometheus-rules/slo-mes', rules)];
  expect(labelHygiene.check(aPolicyInput({ resources })).map(({ message }) => message)).toEqual(
    faults.map((fault) => `The alert SloBudgetBurning ${fault}.`),
  );
});

it.each([
  { name: 'a fixed label passes', labels: { severity: 'critical', part: 'motor' }, faults: [] },
  { name: 'a label of another label passes', labels: { part: '{{ $labels.mountpoint }}' }, faults: [] },
  { name: 'a version that looks like no day passes', labels: { release: '2027.03' }, faults: [] },
  {
    name: 'the value in a label fails',
    labels: { now: '{{ $value }}' },
    faults: ['has a value or a time in the label now'],
  },
  {
    name: 'the value through a function fails',
    labels: { level: '{{ $value | humanize }}' },
    faults: ['has a value or a time in the label level'],
  },
  {
    name: 'the value by its other name fails',
    labels: { level: '{{ printf "%.1f" .Value }}' },
    faults: ['has a value or a time in the label level'],
  },
  {
    name: 'a day in a label fails',
    labels: { since: '2027-01-15' },
    faults: ['has a value or a time in the label since'],
  },
  {
    name: 'a label of the item that is overwritten fails',
    labels: { team: 'hq-ops' },
    faults: ['overwrites the label team of its item'],
  },
  {
    name: 'an empty label fails',
    labels: { part: '' },
    faults: ['has the label part without a value, which Prometheus drops'],
  },
  {
    name: 'a name that is none fails',
    labels: { 'the-part': 'a' },
    faults: ['has the label "the-part", which is no name for one'],
  },
  {
    name: 'a name that Prometheus keeps for itself fails',
    labels: { __part: 'a' },
    faults: ['has the label "__part", which is no name for one'],
  },
  {
    name: 'an annotation on two lines fails',
    labels: {},
    annotations: { summary_en: 'Down\nnow' },
    faults: ['has line breaks in the annotation summary_en'],
  },
  { name: 'a value in an annotation passes', labels: {}, annotations: { summary_en: 'At {{ $value }}' }, faults: [] },
])('$name', ({ labels, annotations = {}, faults }) => {
  const resources = [
    aRuleFile('plant-east-1/prometheus-rules/pump', [anAlertRule('PumpDown', { labels, annotations })]),
  ];
  const subject = 'error plant-east-1/prometheus-rules/pump#PumpDown';
  expect(findingsOf(labelHygiene, aPolicyInput({ resources }))).toEqual(
    faults.map((fault) => `${subject}: The alert PumpDown ${fault}.`),
  );
});

it('a rule that is written by hand says itself whose it is', () => {
  const resources = [
    aRuleFile('plant-east-1/prometheus-rules/doors', [anAlertRule('DoorOpen', { labels: { team: 'hq-ops' } })]),
  ];
  const stacks = [aStack('plant-east-1').include(defineRules({ id: 'doors', rules: [] }))];
  expect(findingsOf(labelHygiene, aPolicyInput({ resources, stacks }))).toEqual([]);
});
