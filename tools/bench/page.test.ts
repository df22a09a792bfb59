import { expect, it } from 'vitest';
import { describe, replaceBetweenMarkers } from './page.ts';

const page = 'Before.\n\n<!-- measured: begin -->\nformer numbers\n<!-- measured: end -->\n\nAfter.\n';

it('replaces what was measured and leaves the words around it', () => {
  expect(replaceBetweenMarkers(page, 'new numbers\n')).toBe(page.replace('former', 'new'));
});

it('refuses a page without the place for the numbers', () => {
  expect(() => replaceBetweenMarkers('Words only.\n', 'numbers\n')).toThrow('has no "<!-- measured: begin -->"');
});

it('says what was measured, where, and with which budget', () => {
  const text = describe({
    date: '2026-01-31',
    machine: {
      processor: '2 cores, Example',
      memory: '24 GiB',
      system: 'Linux 6.1',
      disk: 'ext4',
      node: 'v26.10.0',
      load: '0.1',
    },
    loadAtEnd: '1.2',
    programs: ['opsctl 0.1.0'],
    results: [
      {
        kind: 'measured',
        work: 'opsctl --version',
        unit: 's',
        samples: [0.03, 0.04, 0.05],
        bound: { kind: 'at-most', value: 0.1 },
      },
      {
        kind: 'measured',
        work: 'apply: opsctl ahead of Terraform',
        unit: 'x',
        samples: [30],
        bound: { kind: 'at-least', value: 40 },
      },
      { kind: 'not-measured', work: 'plan: opsctl ahead of Terraform', reason: 'terraform is not on PATH.' },
    ],
  });
  expect(text).toBe(`
Measured on 2026-01-31 by \`npm run bench\`.

- Processor: 2 cores, Example; memory: 24 GiB; system: Linux 6.1.
- Disk: ext4.
- Programs: opsctl 0.1.0, Node v26.10.0.
- Load average before: 0.1; after: 1.2. What the benchmark itself runs is part of the second.

| Work | Median | Lowest to highest | Budget | Verdict |
| --- | ---: | ---: | ---: | --- |
| opsctl --version | 0.04 s | 0.03 s to 0.05 s | at most 0.1 s | met |
| apply: opsctl ahead of Terraform | 30x | one run | at least 40x | MISSED |
| plan: opsctl ahead of Terraform |  |  |  | not measured: terraform is not on PATH. |

`);
});
