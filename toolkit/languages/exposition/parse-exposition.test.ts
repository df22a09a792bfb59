import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { realPrograms } from '../../../test/support/programs.ts';
import { parseExposition, sampleKey } from './index.ts';

const head = '# HELP raid_degraded Disks that are missing.\n# TYPE raid_degraded gauge\n';

it('reads samples with their labels, types and help', () => {
  const page = parseExposition(`${head}raid_degraded{device="md0",why="a \\"b\\" \\\\ \\n"} 1\n\nup 1.5e3\n`);
  expect(page).toMatchObject({
    problems: [],
    samples: [
      { name: 'raid_degraded', labels: { device: 'md0', why: 'a "b" \\ \n' }, value: 1, line: 3 },
      { name: 'up', labels: {}, value: 1500, line: 5 },
    ],
  });
  expect([...page.types]).toEqual([['raid_degraded', 'gauge']]);
});

// Series that are there twice it lets pass; node_exporter, which gathers them, does not.
const wrong = [
  { name: 'a missing value', text: 'up\n', what: '"up" is no sample', refused: true },
  { name: 'a value that is no number', text: 'up yes\n', what: '"yes" is no number', refused: true },
  { name: 'a label without quotes', text: 'up{a=b} 1\n', what: '"a=b" is no label with a quoted value', refused: true },
  { name: 'a label twice', text: 'up{a="1",a="2"} 1\n', what: 'the label a is there a second time', refused: true },
  {
    name: 'a series twice',
    text: 'up{a="1",b="2"} 1\nup{b="2",a="1"} 1\n',
    what: 'up{a="1",b="2"} is there a second time, first in line 1',
    refused: false,
  },
  { name: 'a type twice', text: `${head}${head}`, what: 'HELP of raid_degraded is there a second time', refused: true },
  { name: 'a type that is none', text: '# TYPE up number\nup 1\n', what: 'number is no type', refused: true },
  {
    name: 'a type behind its samples',
    text: 'up 1\n# TYPE up gauge\n',
    what: 'TYPE of up stands behind its samples',
    refused: true,
  },
  {
    name: 'no line break at the end',
    text: 'up 1',
    what: 'the last line has no end: a line break is missing',
    refused: true,
  },
  {
    name: 'a timestamp',
    text: 'up 1 1700000000000\n',
    what: 'it has a timestamp, which node_exporter refuses in a text file',
    refused: false,
  },
  {
    name: 'samples that do not stand together',
    text: 'a 1\nb 1\na{x="1"} 2\n',
    what: 'the samples of a do not stand together',
    refused: false,
  },
];

it.each(wrong)('tells $name', ({ text, what }) => {
  expect(parseExposition(text).problems.map((problem) => problem.what)).toContain(what);
});

it.each([
  { text: 'a NaN\nb +Inf\nc -inf\nd 0x1\n', values: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] },
])('reads the numbers of $text', ({ text, values }) => {
  expect(parseExposition(text).samples.map(({ value }) => value)).toEqual(values);
});

it('spells equal series equally', () => {
  expect(sampleKey('a', { z: '1', b: '"' })).toBe('a{b="\\"",z="1"}');
});

const programs = realPrograms(['promtool']);

describe.skipIf(!programs.available)(programs.title('beside promtool check metrics'), () => {
  const refuses = (text: string) => {
    try {
      execFileSync(programs.path('promtool'), ['check', 'metrics'], { input: text, stdio: 'pipe' });
      return false;
    } catch (thrown) {
      // 3: it reads them, and would have them named otherwise.
      return (thrown as { status: number }).status === 1;
    }
  };

  it.each(wrong)('$name: refused there $refused', ({ text, refused }) => {
    expect(refuses(text)).toBe(refused);
  });

  it('what is right here is right there', () => {
    expect(refuses(`${head}raid_degraded{device="md0",why="\\"\\\\\\n"} 1\n`)).toBe(false);
  });
});
