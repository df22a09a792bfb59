import { hostAlerts } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import { disable, items, type Stack } from '../model/index.ts';
import { anItem, anOrganisation, aPolicyInput, aResource, aStack } from '../testing/policy-input.ts';
import { judgePolicies } from './judge-policies.ts';
import { definePolicy, type Policy, type PolicyInput, type Violation } from './policy.ts';

const words = {
  title: { en: 'Items must be blue', zh: '配置项须为蓝色' },
  rationale: 'Red ones are not seen.',
  remedy: 'Paint it.',
  clauses: ['S0:A.9.1'],
};

/** Finds fault with every item. */
const blue = definePolicy({
  ...words,
  id: 'paint/blue',
  level: 'mandatory',
  check: ({ items: all }) => all.map(({ id }) => complaint(id)),
});

function complaint(item: string): Violation {
  return { subject: item, item, message: `${item} is red.`, expected: 'blue', found: 'red' };
}

function policyOf(check: (input: PolicyInput) => readonly Violation[], fields: Partial<Policy> = {}): Policy {
  return definePolicy({ ...words, id: 'paint/other', level: 'advisory', check, ...fields });
}

const where = { file: 'cmdb/items/pumps.csv', line: 3, column: 1 };
const pump = anItem({ id: 'pump-1', source: where });
/** As no call of content would take it. */
function endingOn(until: string, stack: Stack): Stack {
  return { ...stack, waivers: stack.waivers.map((waiver) => ({ ...waiver, terms: { ...waiver.terms, until } })) };
}

const terms = { reason: 'It is sold in March.', approver: 'ops-lead', until: '2027-03-31' };

describe('judgePolicies', () => {
  it('a violation becomes a finding with the words of its policy, at the place of its item', () => {
    expect(judgePolicies([blue], aPolicyInput({ items: [pump] }))).toEqual([
      {
        code: 'policy/paint/blue',
        severity: 'error',
        summary: 'Items must be blue',
        detail: 'pump-1 is red.',
        hint: 'Paint it.',
        position: where,
        subject: 'pump-1',
        expected: 'blue',
        found: 'red',
        clauses: ['S0:A.9.1'],
      },
    ]);
  });

  it.each([
    { level: 'mandatory', severity: 'error', needsApproval: undefined },
    { level: 'approval-needed', severity: 'warning', needsApproval: true },
    { level: 'advisory', severity: 'warning', needsApproval: undefined },
  ] as const)('$level is of severity $severity', ({ level, severity, needsApproval }) => {
    const [finding] = judgePolicies([{ ...blue, level }], aPolicyInput({ items: [pump] }));
    expect(finding).toMatchObject({ severity });
    expect(finding?.needsApproval).toBe(needsApproval);
  });

  it.each([
    {
      name: 'where the violation says',
      violation: { item: 'pump-1', subject: 'pump-1', position: { file: 'a.ts', line: 9, column: 9 } },
      file: 'a.ts',
    },
    { name: 'at its item', violation: { item: 'pump-1', subject: 'plant-east-1/note/a' }, file: where.file },
    {
      name: 'at its resource, for a part too',
      violation: { item: null, subject: 'plant-east-1/note/a#b' },
      file: 'note.ts',
    },
    { name: 'at its stack', violation: { item: null, subject: 'hq' }, file: 'hq.ts' },
    { name: 'nowhere, when nobody knows', violation: { item: null, subject: 'tier L2' }, file: undefined },
  ])('a finding is shown $name', ({ violation, file }) => {
    const input = aPolicyInput({
      items: [pump],
      resources: [aResource('plant-east-1/note/a', { source: { ...where, file: 'note.ts' } })],
      stacks: [{ ...aStack('hq'), source: { ...where, file: 'hq.ts' } }],
    });
    const [finding] = judgePolicies([policyOf(() => [{ ...violation, message: 'Wrong.' }])], input);
    expect(finding?.position?.file).toBe(file);
  });

  it('the order of policies, stacks and items does not matter', () => {
    const all = [anItem({ id: 'b' }), anItem({ id: 'a' }), pump];
    const green = policyOf(({ items: seen }) => seen.map(({ id }) => ({ ...complaint(id), message: 'Not green.' })));
    const stacks = aPolicyInput().stacks;
    const there = judgePolicies([blue, green], aPolicyInput({ items: all, stacks }));
    const back = judgePolicies([green, blue], aPolicyInput({ items: all.toReversed(), stacks: stacks.toReversed() }));
    expect(JSON.stringify(back)).toBe(JSON.stringify(there));
  });

  it.each([
    { name: 'throws', check: () => JSON.parse('{'), happened: /threw SyntaxError: / },
    {
      name: 'throws what is no error',
      check: () => {
        // biome-ignore lint/style/useThrowOnlyError: content may.
        throw 'text';
      },
      happened: /threw what is no error/,
    },
    { name: 'returns nothing', check: () => undefined, happened: /returned something else than a list of violations/ },
    { name: 'returns a promise', check: async () => [], happened: /returned something else/ },
    {
      name: 'returns a violation without a message',
      check: () => [{ subject: 'a', item: null }],
      happened: /returned something else/,
    },
  ])('a policy that $name is a finding that names it, and the others still run', ({ check, happened }) => {
    const broken = policyOf(check as () => readonly Violation[]);
    const found = judgePolicies([broken, blue], aPolicyInput({ items: [pump] }));
    expect(found.map(({ code }) => code).toSorted()).toEqual(['policy/failed', 'policy/paint/blue']);
    expect(found.find(({ code }) => code === 'policy/failed')).toMatchObject({
      severity: 'error',
      subject: 'paint/other',
      detail: expect.stringMatching(happened),
      position: { file: expect.stringContaining('judge-policies.test.ts') },
    });
  });

  it.each([
    { name: 'an item', spoil: (input: PolicyInput) => Object.assign(input.items[0] ?? {}, { owner: 'nobody' }) },
    { name: 'a list', spoil: (input: PolicyInput) => (input.items as unknown[]).pop() },
    {
      name: 'a spec',
      spoil: (input: PolicyInput) => Object.assign(input.resources[0]?.spec.deep ?? {}, { value: 2 }),
    },
    {
      name: 'who operates what',
      spoil: (input: PolicyInput) => (input.operatedBy as Map<string, string>).set('pump-1', 'hq'),
    },
  ])('a policy that would change $name fails, and what the others see stays as it was', ({ spoil }) => {
    const spoiling = policyOf((input) => [spoil(input)] as unknown as Violation[]);
    const input = aPolicyInput({
      items: [pump],
      resources: [aResource('hq/note/a', { spec: { deep: { value: 1 } } })],
    });
    const before = JSON.stringify(input);
    expect(judgePolicies([spoiling], input)).toMatchObject([
      { code: 'policy/failed', detail: expect.stringContaining('threw TypeError') },
    ]);
    expect(JSON.stringify(input)).toBe(before);
    expect(input.operatedBy.size).toBe(0);
  });

  it('two policies of one name, and a name that is none, are findings', () => {
    const found = judgePolicies([blue, blue, policyOf(() => [], { id: 'Paint' })], aPolicyInput());
    expect(found.map(({ code, subject }) => [code, subject])).toEqual([
      ['policy/declared-twice', 'paint/blue'],
      ['policy/id-invalid', 'Paint'],
    ]);
  });
});

describe('waivers', () => {
  const plant = aStack('plant-east-1');
  const other = aStack('plant-west-1');
  const above = [aStack('hq'), aStack('region-east')];
  const operatedBy = new Map([['pump-1', 'plant-east-1']]);

  function judge(stacks: PolicyInput['stacks'], fields: Partial<PolicyInput> = {}) {
    return judgePolicies([blue], aPolicyInput({ items: [pump], operatedBy, stacks, ...fields }));
  }

  it('a waived violation is a notice that says who allowed it, why and until when', () => {
    const [finding, ...rest] = judge([...above, plant.waive(items.where({ id: 'pump-1' }), blue, terms)]);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: 'policy/paint/blue',
      severity: 'notice',
      detail: 'pump-1 is red. Waived by ops-lead until 2027-03-31: It is sold in March.',
      waiver: terms,
    });
    expect(finding).not.toHaveProperty('needsApproval');
  });

  it.each([
    {
      name: 'the stack that operates the item',
      stacks: [...above, plant.waive(items.where({ class: 'host' }), blue, terms)],
      codes: ['policy/paint/blue notice'],
    },
    {
      name: 'a stack above it',
      stacks: [aStack('hq').waive(items.where({}), blue, terms), aStack('region-east'), plant],
      codes: ['policy/paint/blue notice'],
    },
    {
      name: 'no stack beside it',
      stacks: [...above, plant, other.waive(items.where({ id: 'pump-1' }), blue, terms)],
      codes: ['policy/paint/blue error', 'policy/waiver-matches-nothing error'],
    },
    {
      name: 'any stack, when none operates the item',
      stacks: [...above, other.waive(items.where({ id: 'pump-1' }), blue, terms)],
      fields: { operatedBy: new Map<string, string>() },
      codes: ['policy/paint/blue notice'],
    },
    {
      name: 'nobody, once it has expired',
      stacks: [...above, plant.waive(items.where({ id: 'pump-1' }), blue, terms)],
      fields: { today: '2027-04-01' },
      codes: ['policy/paint/blue error', 'policy/waiver-expired error'],
    },
    {
      name: 'its stack on its last day',
      stacks: [...above, plant.waive(items.where({ id: 'pump-1' }), blue, terms)],
      fields: { today: '2027-03-31' },
      codes: ['policy/paint/blue notice', 'policy/waiver-ends-soon notice'],
    },
    {
      name: 'nobody, when its end is no day',
      stacks: [...above, endingOn('2027-02-30', plant.waive(items.where({ id: 'pump-1' }), blue, terms))],
      codes: ['policy/paint/blue error', 'policy/waiver-date-invalid error'],
    },
    {
      name: 'nobody, when it selects nothing',
      stacks: [...above, plant.waive(items.where({ id: 'pump-2' }), blue, terms)],
      codes: ['policy/paint/blue error', 'policy/waiver-matches-nothing error'],
    },
    {
      name: 'nobody, when its policy is not loaded',
      stacks: [...above, plant.waive(items.where({ id: 'pump-1' }), { kind: 'policy', id: 'paint/gone' }, terms)],
      codes: ['policy/paint/blue error', 'policy/waiver-unknown-policy error'],
    },
    {
      name: 'the first of two that would do',
      stacks: [...above, plant.waive(items.where({}), blue, terms).waive(items.where({ id: 'pump-1' }), blue, terms)],
      codes: ['policy/paint/blue notice', 'policy/waiver-unused notice'],
    },
  ])('it is excused by $name', ({ stacks, fields = {}, codes }) => {
    expect(
      judge(stacks, fields)
        .map(({ code, severity }) => `${code} ${severity}`)
        .toSorted(),
    ).toEqual(codes);
  });

  it('a waiver of an alert that has expired blocks too, where it stands', () => {
    const stack = plant.waive(items.where({ id: 'pump-1' }), hostAlerts.down, { ...terms, until: '2027-01-14' });
    expect(judgePolicies([], aPolicyInput({ stacks: [...above, stack], items: [pump] }))).toMatchObject([
      {
        code: 'policy/waiver-expired',
        severity: 'error',
        subject: 'plant-east-1',
        detail: 'The waiver of host.down in plant-east-1 for id pump-1, allowed by ops-lead, held until 2027-01-14.',
        position: { file: expect.stringContaining('judge-policies.test.ts') },
      },
    ]);
  });

  it.each([
    { until: '2027-01-14', code: 'policy/waiver-expired', says: 'held until 2027-01-14.' },
    {
      until: '2027-01-20',
      code: 'policy/waiver-ends-soon',
      says: 'holds until 2027-01-20: 5 more days. After that it blocks.',
    },
  ])(
    'an alert that is disabled for the whole organisation until $until ends as a waiver does',
    ({ until, code, says }) => {
      const off = disable(hostAlerts.down, { ...terms, until });
      const organisation = anOrganisation({ catalogue: { classes: [], alerts: [], dashboards: [], patches: [off] } });
      expect(judgePolicies([], aPolicyInput({ organisation, stacks: above }))).toMatchObject([
        {
          code,
          subject: organisation.id,
          detail: `The waiver of host.down in ${organisation.id} for every item, allowed by ops-lead, ${says}`,
          position: off.source,
        },
      ]);
    },
  );

  it('a waiver of a policy that failed is not called needless', () => {
    const broken = policyOf(() => JSON.parse('{'));
    const stack = plant.waive(items.where({ id: 'pump-1' }), broken, terms);
    const found = judgePolicies([broken], aPolicyInput({ items: [pump], stacks: [...above, stack] }));
    expect(found.map(({ code }) => code)).toEqual(['policy/failed']);
  });

  it('ten thousand waivers, each of one id, meet ten thousand violations in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => anItem({ id: `pump-${index}` }));
    const selection = items.where({ id: many.map(({ id }) => id) });
    const waivers = many.map(({ id }) => ({ selection: items.where({ id }), waived: blue, terms, source: where }));
    const stack = { ...plant, waivers: [...waivers, { selection, waived: blue, terms, source: where }] };
    const started = performance.now();
    const found = judgePolicies([blue], aPolicyInput({ items: many, stacks: [...above, stack] }));
    expect(
      found.filter(({ code }) => code === 'policy/paint/blue').every(({ severity }) => severity === 'notice'),
    ).toBe(true);
    // Quadratic would be a hundred million comparisons.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
