import { expect, it } from 'vitest';
import { describe, replaceBetweenMarkers } from './page.ts';
import { compared, notMeasured, timed } from './result.ts';

const page = 'Before.\n\n<!-- measured: begin -->\nformer numbers\n<!-- measured: end -->\n\nAfter.\n';

it('replaces what was measured and leaves the words around it', () => {
  expect(replaceBetweenMarkers(page, 'new numbers\n')).toBe(page.replace('former', 'new'));
});

it('refuses a page without the place for the numbers', () => {
  expect(() => replaceBetweenMarkers('Words only.\n', 'numbers\n')).toThrow('has no "<!-- measured: begin -->"');
});

it('says what was measured, where, and with which budget', () => {
  const runs = [0.03, 0.04, 0.05].map((seconds) => ({ seconds, processorSeconds: seconds * 1.5 }));
  const text = describe({
    date: '2026-01-31',
    machine: { processor: '2 cores, Example', memory: '24 GiB', system: 'Linux 6.1', disk: 'ext4', node: 'v26.10.0' },
    programs: ['opsctl 0.1.0'],
    busyCores: 0.04,
    results: [
      timed('opsctl --version', runs, 0.1),
      compared('apply: opsctl ahead of Terraform', [30], { kind: 'at-least', value: 40 }),
      notMeasured('plan: opsctl ahead of Terraform', 'terraform is not on PATH.'),
    ],
  });
  expect(text).toBe(`
Measured on 2026-01-31 by \`npm run bench\`.

- Processor: 2 cores, Example; memory: 24 GiB; system: Linux 6.1.
- Disk: ext4.
- Programs: opsctl 0.1.0, Node v26.10.0.
- Other work on the machine meanwhile: 0.0 cores on average.

| Work | Median | Lowest to highest | Processor time | Budget | Verdict |
| --- | ---: | ---: | ---: | ---: | --- |
| opsctl --version | 0.04 s | 0.03 s to 0.05 s | 0.06 s | at most 0.1 s | met |
| apply: opsctl ahead of Terraform | 30x | one run |  | at least 40x | MISSED |
| plan: opsctl ahead of Terraform |  |  |  |  | not measured: terraform is not on PATH. |

`);
});
