import { describe, expect, it } from 'vitest';
import { addImport } from './add-import.ts';
import { addTuning, setThreshold } from './edit-tuning.ts';
import { unifiedDiff } from './unified-diff.ts';

const stack = (change: string) => `export default defineStack({ name: 'a;b' }) // one; two
  .tune(item('x'), hostAlerts.cpuBusy, ${change})
  .waive(item('y'), hostAlerts.down, { reason: 'threshold: 1)' });
`;
const place = { file: 'stacks/a.ts', line: 2, column: 4 };

describe('the threshold of a tuning', () => {
  it.each([
    { name: 'a number', change: "{ threshold: 0.9, reason: 'r' }", after: "{ threshold: NEW, reason: 'r' }" },
    {
      name: 'a baseline',
      change: "{ threshold: baseline({ value: 1, until: '2026-01-01)' }), reason: 'r' }",
      after: "{ threshold: NEW, reason: 'r' }",
    },
    { name: 'none', change: "{ for: '5m', reason: 'r' }", after: "{ threshold: NEW, for: '5m', reason: 'r' }" },
  ])('that is $name is set', ({ change, after }) => {
    expect(setThreshold(stack(change), place, 'NEW')).toBe(stack(after));
  });

  it('is not set where no tuning stands', () => {
    expect(setThreshold(stack('{}'), { ...place, line: 3 }, 'NEW')).toBeNull();
  });
});

it('a tuning is added behind the last statement of the stack, whatever stands in texts and comments', () => {
  const text = stack('{}');
  expect(addTuning(text, { file: 'stacks/a.ts', line: 1, column: 16 }, '  .tune(NEW)')).toBe(
    text.replace(/;\n$/, '\n  .tune(NEW);\n'),
  );
});

describe('an import', () => {
  it.each([
    { name: 'that is there stays', text: "import { a } from 'opsctl';\n", after: "import { a } from 'opsctl';\n" },
    {
      name: 'joins others of its module, in order',
      text: "import { Z, type b } from 'opsctl';\n",
      after: "import { a, type b, Z } from 'opsctl';\n",
    },
    {
      name: 'comes behind the others',
      text: "import { x } from './x.ts';\n\nconst y = 1;\n",
      after: "import { x } from './x.ts';\nimport { a } from 'opsctl';\n\nconst y = 1;\n",
    },
  ])('$name', ({ text, after }) => {
    expect(addImport(text, 'a', 'opsctl')).toBe(after);
  });
});

it('a diff has a hunk for each place, with its lines around it', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
  const after = before.replace('line 2\n', 'two\n').replace('line 18\n', 'line 18\nmore\n');
  expect(unifiedDiff('a.txt', before, after)).toBe(
    `--- a/a.txt
+++ b/a.txt
@@ -1,5 +1,5 @@
 line 1
-line 2
+two
 line 3
 line 4
 line 5
@@ -16,5 +16,6 @@
 line 16
 line 17
 line 18
+more
 line 19
 line 20
`,
  );
  expect(unifiedDiff('a.txt', before, before)).toBe('');
});
