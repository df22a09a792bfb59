import { serverDisks } from 'opsctl/cmdb';
import { expect, it } from 'vitest';
import { absentMetrics, metricsRead } from './absent-metrics.ts';

it.each([
  { name: 'a page that has them all lacks nothing', kept: metricsRead(serverDisks), absent: [] },
  {
    name: 'what is named in a comment alone is not there',
    kept: metricsRead(serverDisks).filter((metric) => metric !== 'smartctl_devices'),
    absent: ['smartctl_devices'],
  },
])('$name', ({ kept, absent }) => {
  const page = ['# HELP smartctl_devices How many.', ...kept.map((metric) => `${metric}{device="sda"} 1`)].join('\n');
  expect(absentMetrics(serverDisks, page)).toEqual(absent);
});
