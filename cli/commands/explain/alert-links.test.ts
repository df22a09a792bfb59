import { describe, expect, it } from 'vitest';
import {
  type Address,
  type DerivationStep,
  type JsonObject,
  ownThresholds,
  printAlertOverride,
  type Resource,
  type ResourcePart,
  withoutOverridden,
} from '../../../toolkit/model/index.ts';
import { plainResource } from '../../../toolkit/testing/arbitraries.ts';
import { sampleItem } from '../../../toolkit/testing/sample-group.ts';
import { explainView } from '../../views/explain-view.ts';
import { explain } from './explain.ts';

const terminal = { width: 100, isVerbose: false, paint: (_: unknown, text: string) => text };
const short = { alert: 'Short', for: '10m', labels: { severity: 'critical' } };
const source = (line: number) => ({ file: 'stacks/plant-1.ts', line, column: 4 });
const override = (item: string, variant: string, threshold: number) =>
  printAlertOverride({ alert: 'Short', item, variant, threshold });

const rules: readonly [name: string, rule: JsonObject, step?: DerivationStep][] = [
  [
    'override:Short:a-1',
    override('a-1', 'tuned-1', 0.05),
    { kind: 'tuning', subject: 'a-1', text: 'It caches.', source: source(3) },
  ],
  [
    'override:Short:b-1',
    override('b-1', 'waived', 0),
    { kind: 'waiver', subject: 'b-1', text: 'It is old.', source: source(4) },
  ],
  ['Short', { ...short, expr: `${withoutOverridden('free', 'Short')} < 0.1` }],
  [
    'Short:tuned-1',
    {
      ...short,
      expr: `free < on (item) group_left () ${ownThresholds('Short', 'tuned-1')}`,
      labels: { severity: 'warning' },
    },
  ],
  ['Down', { alert: 'Down', expr: 'up == 0', labels: { severity: 'critical' } }],
  ['signal:up', { record: 'signal:up', expr: 'up' }],
];

const resources: readonly Resource[] = [
  rulesOf('plant-1/prometheus-rules/host', rules),
  rulesOf('plant-1/prometheus-rules/escalation', [
    ['EscalatedToL2', { alert: 'EscalatedToL2', labels: { escalated: 'L2' } }],
  ]),
  rulesOf('plant-2/prometheus-rules/escalation', [
    ['EscalatedToL2', { alert: 'EscalatedToL2', labels: { escalated: 'L2' } }],
  ]),
];

function rulesOf(address: string, entries: typeof rules): Resource {
  return plainResource(address as Address, {
    spec: { group: { rules: entries.map(([, rule]) => rule) } },
    parts: entries.map(
      ([name, , step], index): ResourcePart => ({
        name,
        pointer: `/group/rules/${index}`,
        derivation: step === undefined ? [] : [step],
      }),
    ),
  });
}

const waiver = 'Short for b-1: waived, so nobody is told of it (reason: It is old; stacks/plant-1.ts:4:4)';
const escalation = 'plant-1/prometheus-rules/escalation#EscalatedToL2';
const part = (name: string) => `plant-1/prometheus-rules/host#${name}`;

describe('what explain says of an alert', () => {
  it.each([
    {
      name: 'the common rule has all tunings and waivers, and the rules that serve it',
      subject: 'Short',
      said: [
        'Tuned or waived:',
        '  Short for a-1: threshold 0.1 -> 0.05, severity critical -> warning (reason: It caches;',
        '    stacks/plant-1.ts:3:4)',
        `  ${waiver}`,
        '',
        'Rules that go with Short:',
        `  ${part('override:Short:a-1')}`,
        `  ${part('override:Short:b-1')}`,
        `  ${part('Short:tuned-1')}`,
        `  ${escalation}`,
      ],
    },
    {
      name: 'the series of one item has its own waiver only',
      subject: 'override:Short:b-1',
      said: [
        'Tuned or waived:',
        `  ${waiver}`,
        '',
        'Rules that go with Short:',
        `  ${part('override:Short:a-1')}`,
        `  ${part('Short')}`,
        `  ${part('Short:tuned-1')}`,
        `  ${escalation}`,
      ],
    },
    {
      name: 'an alert that is the same for all says that none applies',
      subject: 'Down',
      said: ['No tuning and no waiver of Down applies here.', '', 'Rules that go with Down:', `  ${escalation}`],
    },
  ])('$name', ({ subject, said }) => {
    const explanation = explain(part(subject), { items: [], resources });
    const text = explanation === null ? '' : explainView.human(explanation, terminal as never);
    expect(text.trimEnd().split('\n').slice(-said.length)).toEqual(said);
  });

  it('the rule file has them too, by alert', () => {
    const explanation = explain('plant-1/prometheus-rules/host', { items: [], resources });
    expect(
      explanation?.kind === 'resource' && explanation.overrides.map(({ alert, item }) => `${alert} ${item}`),
    ).toEqual(['Short a-1', 'Short b-1']);
  });

  it('says nothing of it for a part that is no alert', () => {
    expect(explain(part('signal:up'), { items: [], resources })).toMatchObject({ kind: 'part', links: null });
  });
});

describe('what explain says of an item', () => {
  const classRule: DerivationStep = {
    kind: 'class-rule',
    subject: 'host.Short',
    text: 'Hosts have it.',
    source: source(1),
  };
  const hosts = rulesOf('plant-1/prometheus-rules/host', [
    ...rules.slice(0, 2),
    ['Short', rules[2]?.[1] ?? {}, classRule],
    ...rules.slice(3, 4),
    ['Down', { alert: 'Down' }, { ...classRule, subject: 'host.Down' }],
  ]);

  it.each([
    { name: 'an item whose alert is tuned has a share in it', item: 'a-1', parts: ['Short', 'Down'] },
    { name: 'an item whose alert is waived has none', item: 'b-1', parts: ['Down'] },
  ])('$name', ({ item, parts }) => {
    const explanation = explain(item, { items: [sampleItem(item, 'host', {})], resources: [hosts] });
    expect(explanation).toMatchObject({ byClass: [{ address: hosts.address, parts }] });
  });
});
