import { describe, expect, it } from 'vitest';
import { isSilencedBy, parseSilence, silenceExcess, silenceStateAt, toApiSilence } from './silence.ts';

const written = {
  id: 's1',
  matchers: ['item="pe1-db-1"', 'severity!="critical"'],
  owner: 'plant-east-1-ops',
  reason: 'The disks are replaced.',
  changeId: 'CHG-7',
  startsAt: '2026-03-02T22:00:00+08:00',
  endsAt: '2026-03-03T02:00:00+08:00',
};
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

describe('parseSilence', () => {
  it('a silence that says whose it is, why, for which change and until when is right', () => {
    const { silence, findings } = parseSilence(written, '/silences/0');
    expect(findings).toEqual([]);
    expect(silence).toMatchObject({ pointer: '/silences/0', changeId: 'CHG-7', endsAtMs: at('2026-03-02T18:00:00Z') });
  });

  it.each([
    { name: 'an owner', change: { owner: ' ' }, found: ['missing /s', 'A silence needs owner.'] },
    { name: 'a reason', change: { reason: null }, found: ['missing /s', 'A silence needs reason.'] },
    { name: 'a change', change: { changeId: '' }, found: ['missing /s', 'A silence needs changeId.'] },
    { name: 'an end', change: { endsAt: null }, found: ['missing /s', 'A silence needs endsAt.'] },
    {
      name: 'an end with its zone',
      change: { endsAt: '2026-03-03' },
      found: ['silence /s/endsAt', '"2026-03-03" is no moment.'],
    },
    {
      name: 'an end after its start',
      change: { endsAt: written.startsAt },
      found: ['silence /s/endsAt', 'It ends before it begins.'],
    },
    {
      name: 'a matcher',
      change: { matchers: [] },
      found: ['silence /s/matchers', 'This silences every alert that lacks these labels.'],
    },
    {
      name: 'a matcher that is not satisfied by nothing',
      change: { matchers: ['item=~".*"'] },
      found: ['silence /s/matchers', 'This silences every alert that lacks these labels.'],
    },
    {
      name: 'known fields',
      change: { comment: 'x' },
      found: ['unknown-field /s/comment', 'Alertmanager knows no field comment here, and refuses it.'],
    },
  ])('a silence needs $name', ({ change, found }) => {
    const { findings } = parseSilence({ ...written, ...change }, '/s');
    expect(findings.flatMap(({ code, pointer, text }) => [`${code} ${pointer}`, text])).toEqual(found);
  });

  it('Alertmanager takes a silence of all that lacks a value, and we doubt it', () => {
    const { findings } = parseSilence({ ...written, matchers: ['item!="x"'] });
    expect(findings).toMatchObject([{ code: 'silence', weight: 'doubtful', pointer: '/matchers' }]);
  });
});

describe('a silence', () => {
  const { silence } = parseSilence(written);

  it('is pending, active and expired in turn, its end included', () => {
    const moments = ['2026-03-02T13:59:59Z', '2026-03-02T14:00:00Z', '2026-03-02T18:00:00Z', '2026-03-02T18:00:01Z'];
    expect(moments.map((moment) => silenceStateAt(silence, at(moment)))).toEqual([
      'pending',
      'active',
      'active',
      'expired',
    ]);
  });

  it('silences what fulfils all its matchers while it is active', () => {
    const active = at('2026-03-02T15:00:00Z');
    expect(isSilencedBy(silence, { item: 'pe1-db-1' }, active)).toBe(true);
    expect(isSilencedBy(silence, { item: 'pe1-db-1', severity: 'critical' }, active)).toBe(false);
    expect(isSilencedBy(silence, { item: 'pe1-db-1' }, at('2026-03-02T19:00:00Z'))).toBe(false);
  });

  it('is told to the API with its change in the comment', () => {
    expect(toApiSilence(silence)).toEqual({
      matchers: [
        { name: 'item', value: 'pe1-db-1', isRegex: false, isEqual: true },
        { name: 'severity', value: 'critical', isRegex: false, isEqual: false },
      ],
      startsAt: '2026-03-02T14:00:00.000Z',
      endsAt: '2026-03-02T18:00:00.000Z',
      createdBy: 'plant-east-1-ops',
      comment: 'CHG-7: The disks are replaced.',
    });
  });

  it('is wider than its change in time and in what it silences', () => {
    const wide = parseSilence({ ...written, matchers: ['site="pe1"'] }).silence;
    const own = { site: 'pe1', item: 'pe1-db-1' };
    const beyond = { site: 'pe1', item: 'pe1-db-2' };
    const change = {
      startsAtMs: at('2026-03-02T15:00:00Z'),
      endsAtMs: at('2026-03-02T17:30:00Z'),
      affects: ({ item }: Readonly<Record<string, string>>) => item === 'pe1-db-1',
    };
    expect(silenceExcess(wide, change, [own, beyond, { site: 'pe2' }])).toEqual({
      earlyMs: 3_600_000,
      lateMs: 1_800_000,
      beyond: [beyond],
    });
  });
});
