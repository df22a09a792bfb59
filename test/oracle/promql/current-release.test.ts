import { expect, it } from 'vitest';
import { currentDialect } from '../../../toolkit/languages/promql/versions.ts';
import { compareVerdicts } from './compare-verdicts.ts';
import verdicts from './verdicts.generated.json' with { type: 'json' };

it('PromQL is judged as the current release did when its verdicts were recorded', () => {
  expect(verdicts.release).toBe(`v0.${currentDialect.version.replace('.', '')}.0`);
  const refused = new Set(verdicts.refused);
  const texts = [...verdicts.read, ...verdicts.refused];
  const { recall, falseAlarmRate, missed, falseAlarms } = compareVerdicts(
    texts,
    (text) => refused.has(text),
    currentDialect,
  );
  expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(0.995);
  expect(falseAlarmRate, falseAlarms.join('\n')).toBeLessThanOrEqual(0.001);
});
