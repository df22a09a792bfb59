import { fourDigits } from './format-number.ts';

const large = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const small = ['', 'm', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
const binary = ['', 'ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];

/** Prometheus' functions by which values are written for people (template/template.go). */
export const humanizers: Readonly<Record<string, (value: number) => string>> = {
  humanize,
  humanize1024: (value) =>
    Math.abs(value) <= 1 || Number.isNaN(value) ? fourDigits(value) : scaled(value, 1024, binary),
  humanizeDuration,
  humanizePercentage: (value) => `${fourDigits(value * 100)}%`,
};

function humanize(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return fourDigits(value);
  return Math.abs(value) >= 1 ? scaled(value, 1000, large) : shrunk(value);
}

function scaled(value: number, base: number, prefixes: readonly string[]): string {
  if (!Number.isFinite(value)) return fourDigits(value);
  let [rest, index] = [value, 0];
  for (; Math.abs(rest) >= base && index < prefixes.length - 1; index += 1) rest /= base;
  return `${fourDigits(rest)}${prefixes[index]}`;
}

function shrunk(value: number): string {
  let [rest, index] = [value, 0];
  for (; Math.abs(rest) < 1 && index < small.length - 1; index += 1) rest *= 1000;
  return `${fourDigits(rest)}${small[index]}`;
}

function humanizeDuration(value: number): string {
  if (!Number.isFinite(value)) return fourDigits(value);
  if (value === 0) return '0s';
  if (Math.abs(value) < 1) return `${shrunk(value)}s`;
  const sign = value < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(value));
  const [seconds, minutes] = [whole % 60, Math.floor(whole / 60) % 60];
  const [hours, days] = [Math.floor(whole / 3600) % 24, Math.floor(whole / 86_400)];
  if (days > 0) return `${sign}${days}d ${hours}h ${minutes}m ${seconds}s`;
  if (hours > 0) return `${sign}${hours}h ${minutes}m ${seconds}s`;
  if (minutes > 0) return `${sign}${minutes}m ${seconds}s`;
  return `${sign}${fourDigits(Math.abs(value))}s`;
}
