import { expect, it } from 'vitest';
import { formatValue } from './index.ts';

// As Grafana 11 writes them.
it.each([
  { value: 0.9534, unit: 'percentunit', shown: '95.3%' },
  { value: 1, unit: 'percentunit', shown: '100%' },
  { value: 12.345, unit: 'percent', shown: '12.3%' },
  { value: 1234, unit: 'short', shown: '1.23 K' },
  { value: 2_500_000, unit: 'short', shown: '2.5 Mil' },
  { value: 17, unit: 'short', shown: '17' },
  { value: 8_589_934_592, unit: 'bytes', shown: '8 GiB' },
  { value: 1536, unit: 'bytes', shown: '1.5 KiB' },
  { value: 1500, unit: 'decbytes', shown: '1.5 kB' },
  { value: 125_000, unit: 'Bps', shown: '125 kB/s' },
  { value: 0.000437, unit: 's', shown: '437 µs' },
  { value: 90, unit: 's', shown: '1.5 mins' },
  { value: 86_400, unit: 's', shown: '1 day' },
  { value: 0, unit: 's', shown: '0 s' },
  { value: 250, unit: 'ms', shown: '250 ms' },
  { value: 3, unit: 'd', shown: '3 days' },
  { value: 21.456, unit: 'celsius', shown: '21.5 °C' },
  { value: 12, unit: 'reqps', shown: '12 req/s' },
  { value: 1, unit: 'bool_yes_no', shown: 'Yes' },
  { value: 5, unit: 'suffix: pumps', shown: '5  pumps' },
  { value: 5, unit: 'prefix:¥', shown: '¥5' },
  { value: 5, unit: 'furlongs', shown: '5 furlongs' },
  { value: -0.5, unit: 'percentunit', shown: '-50%' },
  { value: Number.NaN, unit: 'bytes', shown: 'NaN' },
  { value: Number.POSITIVE_INFINITY, unit: 's', shown: '+Inf' },
  { value: 0, unit: 'none', shown: '0' },
])('$value as $unit is $shown', ({ value, unit, shown }) => {
  expect(formatValue(value, unit)).toBe(shown);
});

it('a number of decimals that is asked for is kept', () => {
  expect(formatValue(2.3456, 'none', 2)).toBe('2.35');
  expect(formatValue(0.5, 'percentunit', 0)).toBe('50%');
});
