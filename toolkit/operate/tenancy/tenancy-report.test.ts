import { expect, it } from 'vitest';
import { describeFindings } from './describe-findings.ts';
import { cellsOf, type Evidence, type Verdict } from './tenancy-report.ts';

const seen = (tenant: string | null, other: string | null, verdict: Verdict, aspect: Evidence['aspect'] = 'read') => ({
  tenant,
  other,
  aspect,
  verdict,
  asked: `${tenant ?? 'anybody'} asks ${other ?? 'all'}`,
  answered: 'yes',
});

it('what concerns anybody or all is in each field that it concerns, and the worst of a field is shown', () => {
  const evidence = [
    seen('a', 'b', 'held'),
    seen('a', 'b', 'declared'),
    seen(null, 'b', 'broken'),
    seen('b', null, 'untried'),
    seen('c', 'a', 'held'),
  ];
  const shown = cellsOf('plant', ['a', 'b', 'c'], evidence)
    .filter(({ aspect }) => aspect === 'read')
    .map((cell) => `${cell.tenant} -> ${cell.other}: ${cell.verdict} of ${cell.evidence.length}`);
  expect(shown).toEqual([
    'a -> b: broken of 3',
    // Of this nothing was seen, which is no proof.
    'a -> c: untried of 0',
    'b -> a: untried of 1',
    'b -> c: untried of 1',
    'c -> a: held of 1',
    'c -> b: broken of 1',
  ]);
});

it('one finding for each way, with what was seen first, and one for all that is not known', () => {
  const many = ['1', '2', '3', '4', '5'].map((name) => ({ ...seen('a', 'b', 'broken'), asked: name }));
  const evidence = [
    seen(null, 'a', 'broken', 'network'),
    ...many,
    seen('b', null, 'broken', 'exhaust'),
    seen('a', 'b', 'untried'),
    seen('b', 'a', 'untried', 'write'),
    seen('b', 'a', 'held'),
    seen('b', 'a', 'declared', 'network'),
  ];
  const source = { file: 'stacks/plant.ts', line: 7, column: 2 };
  const space = { tenant: 'b', source } as never;
  const findings = describeFindings('plant', evidence, [space]);
  expect(findings.map(({ code, subject, detail, position }) => [code, subject, detail, position?.line])).toEqual([
    ['tenancy-verify/reads', 'a -> b', 'In the cluster of plant, a can read b: 1: yes; 2: yes; 3: yes; and 2 more.', 7],
    [
      'tenancy-verify/exhausts',
      'b -> *',
      'In the cluster of plant, b can take from others what they need: b asks all: yes.',
      7,
    ],
    [
      'tenancy-verify/reaches',
      '* -> a',
      'In the cluster of plant, nothing keeps somebody else from reaching a: anybody asks a: yes.',
      undefined,
    ],
    [
      'tenancy-verify/untried',
      'plant',
      'In the cluster of plant, 2 questions were not answered: a asks b: yes; b asks a: yes.',
      undefined,
    ],
  ]);
});
