import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, canonicalJson, digestOf, type JsonObject, type JsonValue } from '../model/index.ts';
import { arbitraryWorld, plainResource, testTypes } from '../testing/arbitraries.ts';
import type { Plan } from './plan.ts';
import { planChanges } from './plan-changes.ts';
import { digestOfPlan } from './plan-digest.ts';
import { parsePlan, serialisePlan } from './plan-file.ts';

const digest = digestOf('test');

function planOf(world: Pick<Parameters<typeof planChanges>[0], 'desired' | 'states' | 'observed'>): Plan {
  return planChanges({
    ...world,
    environment: 'test',
    types: testTypes,
    unmanaged: [],
    identities: [{ stack: 'east', target: 'disk', provider: 'files', identity: { directory: '/somewhere' } }],
    inputs: { content: digest, bindings: digest, policies: digest, program: 'test' },
    selection: { stacks: [], targets: [], exclude: [] },
    adopt: new Set(),
    brakes: { maxDeletes: 1, maxDeleteShare: 0.5, allowedDeletes: 0, allowEmpty: false },
    secrets: new Map(),
  });
}

const plan = planOf({
  desired: [plainResource('east/rule/a' as Address, { spec: { text: 'with "quotes" and } in it', expr: 'up == 0' } })],
  states: [],
  observed: new Map([['east/rule/a' as Address, { state: 'absent' }]]),
});
const text = serialisePlan(plan);

describe('a plan file', () => {
  it('gives back the plan that was written', () => {
    fc.assert(
      fc.property(arbitraryWorld({ unmanaged: true, protect: true }), (world) => {
        const written = planOf(world);
        expect(parsePlan(serialisePlan(written))).toEqual({ plan: written, diagnostic: null });
      }),
    );
  });

  it('keeps the order of keys, in which the files of a target are written', () => {
    const [planned] = parsePlan(text).plan?.changes ?? [];
    const spec = planned !== undefined && 'desired' in planned.change ? planned.change.desired.spec : {};
    expect(Object.keys(spec)).toEqual(['interval', 'text', 'expr']);
  });

  it('is read as well when its keys are sorted, as they were in files of before', () => {
    expect(parsePlan(`${canonicalJson(plan as unknown as JsonValue)}\n`)).toEqual({ plan, diagnostic: null });
  });

  it('is refused as cut off wherever it ends too early', () => {
    const codes = Array.from(
      { length: text.length - 2 },
      (_, index) => parsePlan(text.slice(0, index + 1)).diagnostic?.code,
    );
    expect(new Set(codes)).toEqual(new Set(['plan/file-truncated']));
  });

  it('is refused whatever single character is changed', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.constantFrom('x', '0', '"', '}', '\u0000'), (place, character) => {
        fc.pre(text[place] !== character);
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        expect(parsePlan(changed).plan).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { name: 'an empty file', file: '', code: 'plan/file-empty', detail: 'The file holds nothing.' },
    {
      name: 'a file with a bracket too few before its end',
      file: text.replace('"spec":{', '"spec":'),
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it is not valid JSON.',
    },
    { name: 'a blank file', file: ' \n', code: 'plan/file-empty', detail: 'The file holds nothing.' },
    {
      name: 'a file of something else',
      file: 'hello',
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it is not valid JSON.',
    },
    {
      name: 'zeros',
      file: '\u0000\u0000',
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it is not valid JSON.',
    },
    { name: 'a list', file: '[]', code: 'plan/file-corrupted', detail: 'The file is no plan: it holds no object.' },
    {
      name: 'another object',
      file: '{}',
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it has no formatVersion.',
    },
    {
      name: 'text after the end',
      file: `${text}}`,
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it is not valid JSON.',
    },
    {
      name: 'no digest',
      file: '{"formatVersion":1}',
      code: 'plan/file-corrupted',
      detail: 'The file is no plan: it has no digest.',
    },
    {
      name: 'a later format',
      file: '{"formatVersion":2}',
      code: 'plan/file-other-version',
      detail: 'The file has plan format 2; this program reads format 1.',
    },
  ])('says what is wrong with $name', ({ file, code, detail }) => {
    expect(parsePlan(file).diagnostic).toMatchObject({ code, detail });
  });

  it('cannot be edited into another action', () => {
    const edited = text.replace('"action":"create"', '"action":"delete"');
    expect(parsePlan(edited).diagnostic).toMatchObject({ code: 'plan/file-digest-mismatch', expected: plan.digest });
  });

  it.each<{ name: string; forge: (content: Record<string, JsonValue>) => void; reason: string }>([
    {
      name: 'without changes',
      forge: (content) => delete content.changes,
      reason: 'the plan: changes should be a list',
    },
    {
      name: 'with an address that is none',
      forge: (content) => Object.assign(firstChange(content), { address: '../x' }),
      reason: 'the plan: changes 0: address should be an address',
    },
    {
      name: 'with an action that is none',
      forge: (content) => Object.assign(firstChange(content), { change: { action: 'explode' } }),
      reason: 'east/rule/a: explode is no action',
    },
    {
      name: 'with a change that lacks its side',
      forge: (content) => Object.assign(firstChange(content), { change: { action: 'create' } }),
      reason: 'the change of east/rule/a: desired should be an object',
    },
    {
      name: 'with a change about something else',
      forge: (content) => Object.assign(firstChange(content), { address: 'east/rule/b' }),
      reason: 'the change of east/rule/b is about east/rule/a',
    },
    {
      name: 'with a change that waits in vain',
      forge: (content) => Object.assign(firstChange(content), { waitsFor: ['east/rule/b'] }),
      reason: 'east/rule/a stands before east/rule/b, which it waits for',
    },
    {
      name: 'with a change twice',
      forge: (content) => (content.changes as JsonValue[]).push(firstChange(content) as JsonObject),
      reason: 'east/rule/a is listed twice',
    },
  ])('is refused when it was forged $name, with a digest to match', ({ forge, reason }) => {
    const content = JSON.parse(text) as Record<string, JsonValue>;
    forge(content);
    content.digest = digestOfPlan(content as unknown as Plan);
    expect(parsePlan(JSON.stringify(content)).diagnostic).toMatchObject({
      code: 'plan/file-corrupted',
      detail: `The file is no plan: ${reason}.`,
    });
  });
});

function firstChange(content: Record<string, JsonValue>): Record<string, JsonValue> {
  const [first] = content.changes as Record<string, JsonValue>[];
  return first!;
}
