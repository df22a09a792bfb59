import type { SignalUnit } from '../../model/index.ts';

/**
 * Turns a summary of the catalogue into a Prometheus template: `{item} uses {value}` becomes
 * `{{ $labels.item }} uses {{ $value | humanizePercentage }}`.
 */
export function summaryTemplate(summary: string, unit: SignalUnit): string {
  return summary.replaceAll(/\{([a-z_]+)\}/gi, (_, name: string) =>
    name === 'value' ? valueTemplates[unit] : `{{ $labels.${name} }}`,
  );
}

const valueTemplates: Readonly<Record<SignalUnit, string>> = {
  ratio: '{{ $value | humanizePercentage }}',
  seconds: '{{ $value | humanizeDuration }}',
  bytes: '{{ $value | humanize1024 }}B',
  'bytes-per-second': '{{ $value | humanize1024 }}B/s',
  'per-second': '{{ $value | humanize }}',
  count: '{{ $value | humanize }}',
  boolean: '{{ $value }}',
  days: '{{ $value | humanize }}',
  celsius: '{{ $value | humanize }} °C',
  // The prefix of `humanize` belongs to the unit: 3.4kW.
  amperes: '{{ $value | humanize }}A',
  volts: '{{ $value | humanize }}V',
  watts: '{{ $value | humanize }}W',
};
