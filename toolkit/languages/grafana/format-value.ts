/** A number as Grafana shows it in a unit of its catalogue; a unit that is not known here is put behind the number. */
export function formatValue(value: number, unit: string, decimals: number | null = null): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const scale = scales[unit];
  if (scale !== undefined) return scaled(value, scale, decimals);
  const plain = plainUnits[unit];
  if (plain !== undefined) return `${fixed(value * (plain.factor ?? 1), decimals)}${plain.suffix}`;
  if (unit === 's' || unit in secondsIn) return duration(value * (secondsIn[unit] ?? 1), decimals);
  if (unit in moments) return new Date(value).toISOString().replace('T', ' ').slice(0, 19);
  if (unit in yesAndNo) return yesAndNo[unit]?.[value === 0 ? 1 : 0] ?? '';
  if (unit === 'dtdurations' || unit === 'clocks') return duration(value, decimals);
  if (unit === 'locale') return new Intl.NumberFormat('en-US').format(value);
  return otherUnit(value, unit, decimals);
}

interface Scale {
  readonly base: number;
  readonly steps: readonly string[];
}

const thousand = ['', ' K', ' Mil', ' Bil', ' Tri', ' Quadr', ' Quint', ' Sext', ' Sept'];
const binary = (unit: string): Scale => ({
  base: 1024,
  steps: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'].map((prefix) => ` ${prefix}${unit}`),
});
const decimal = (unit: string): Scale => ({
  base: 1000,
  steps: ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'].map((prefix) => ` ${prefix}${unit}`),
});
const counted = (unit: string): Scale => ({
  base: 1000,
  steps: ['', 'K', 'M', 'B', 'T'].map((prefix) => `${prefix} ${unit}`),
});

/** https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts names them. */
const scales: Readonly<Record<string, Scale>> = {
  short: { base: 1000, steps: thousand },
  bytes: binary('B'),
  decbytes: decimal('B'),
  bits: binary('b'),
  decbits: decimal('b'),
  kbytes: { base: 1024, steps: binary('B').steps.slice(1) },
  mbytes: { base: 1024, steps: binary('B').steps.slice(2) },
  gbytes: { base: 1024, steps: binary('B').steps.slice(3) },
  Bps: decimal('B/s'),
  binBps: binary('B/s'),
  bps: decimal('b/s'),
  binbps: binary('b/s'),
  KBs: { base: 1000, steps: decimal('B/s').steps.slice(1) },
  pps: decimal('p/s'),
  cps: counted('c/s'),
  ops: counted('ops/s'),
  reqps: counted('req/s'),
  rps: counted('rd/s'),
  wps: counted('wr/s'),
  iops: counted('io/s'),
  eps: counted('evt/s'),
  mps: counted('msg/s'),
  cpm: counted('c/m'),
  opm: counted('ops/m'),
  hertz: decimal('Hz'),
  watt: decimal('W'),
  watth: decimal('Wh'),
  volt: decimal('V'),
  amp: decimal('A'),
  joule: decimal('J'),
  sishort: decimal(''),
};

interface PlainUnit {
  readonly suffix: string;
  readonly factor?: number;
}

const plainUnits: Readonly<Record<string, PlainUnit>> = {
  '': { suffix: '' },
  none: { suffix: '' },
  string: { suffix: '' },
  percent: { suffix: '%' },
  percentunit: { suffix: '%', factor: 100 },
  celsius: { suffix: ' °C' },
  fahrenheit: { suffix: ' °F' },
  humidity: { suffix: ' %H' },
  dB: { suffix: ' dB' },
  dBm: { suffix: ' dBm' },
  rotrpm: { suffix: ' rpm' },
  degree: { suffix: '°' },
  hex: { suffix: '' },
};

const secondsIn: Readonly<Record<string, number>> = { ns: 1e-9, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400 };
const moments: Readonly<Record<string, true>> = {
  dateTimeAsIso: true,
  dateTimeAsIsoNoDateIfToday: true,
  dateTimeAsUS: true,
  dateTimeAsSystem: true,
  dateTimeFromNow: true,
};
const yesAndNo: Readonly<Record<string, readonly [string, string]>> = {
  bool: ['True', 'False'],
  bool_yes_no: ['Yes', 'No'],
  bool_on_off: ['On', 'Off'],
};

function scaled(value: number, { base, steps }: Scale, decimals: number | null): string {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= base && step < steps.length - 1) {
    rest /= base;
    step += 1;
  }
  return `${fixed(rest, decimals)}${steps[step] ?? ''}`.trimEnd();
}

const durationSteps: readonly (readonly [number, string])[] = [
  [31_536_000, ' years'],
  [604_800, ' weeks'],
  [86_400, ' days'],
  [3600, ' hours'],
  [60, ' mins'],
  [1, ' s'],
  [1e-3, ' ms'],
  [1e-6, ' µs'],
  [1e-9, ' ns'],
];

function duration(seconds: number, decimals: number | null): string {
  if (seconds === 0) return '0 s';
  const [size, word] = durationSteps.find(([step]) => Math.abs(seconds) >= step) ?? [1e-9, ' ns'];
  const count = fixed(seconds / size, decimals);
  return `${count}${Number(count) === 1 ? word.replace(/s$/, (end) => (word.length > 3 ? '' : end)) : word}`;
}

function otherUnit(value: number, unit: string, decimals: number | null): string {
  const [, kind = '', text = ''] = /^(suffix|prefix|currency|count|si|time):(.*)$/s.exec(unit) ?? [];
  if (kind === 'prefix' || kind === 'currency') return `${text}${fixed(value, decimals)}`;
  if (kind === 'si') return scaled(value, decimal(text), decimals);
  if (kind === 'count') return scaled(value, counted(text), decimals);
  return `${fixed(value, decimals)} ${kind === 'suffix' ? text : unit}`.trimEnd();
}

/** Without a number of decimals, so many that two or three digits count. */
function fixed(value: number, decimals: number | null): string {
  if (decimals !== null) return value.toFixed(Math.min(20, Math.max(0, decimals)));
  if (value === 0 || Number.isInteger(value)) return String(value);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const digits = -magnitude + 1;
  const needed = Math.abs(value) / 10 ** -digits > 2.25 ? digits + 1 : digits;
  return String(Number(value.toFixed(Math.min(20, Math.max(0, needed)))));
}
