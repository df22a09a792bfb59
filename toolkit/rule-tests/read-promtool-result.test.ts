import { expect, it } from 'vitest';
import { readPromtoolResult } from './read-promtool-result.ts';

it('verdicts are told apart by file, and failures by the name of their test', () => {
  const stdout = 'Unit Testing:  a.json\n  SUCCESS\n\nUnit Testing:  b.json\n\nUnit Testing:  c.json\n\n';
  const stderr = [
    '  FAILED:',
    '    name: fires,',
    '    alertname: HostDown, time: 2m, ',
    '        exp:[], ',
    '        got:[]',
    '    name: ends,',
    '    alertname: HostDown, time: 9m, ',
    '        exp:[], ',
    '        got:[]',
    '  FAILED:',
    '    rule: X, time: 1s, err: found duplicate series',
    '',
  ].join('\n');
  const verdicts = readPromtoolResult(stdout, stderr);
  expect(verdicts.map(({ file, passed, failures }) => ({ file, passed, failed: [...failures.keys()] }))).toEqual([
    { file: 'a.json', passed: true, failed: [] },
    { file: 'b.json', passed: false, failed: ['fires', 'ends'] },
    { file: 'c.json', passed: false, failed: [''] },
  ]);
  expect(verdicts[1]?.failures.get('ends')).toMatch(/^alertname: HostDown, time: 9m/);
  expect(verdicts[2]?.failures.get('')).toContain('found duplicate series');
});
