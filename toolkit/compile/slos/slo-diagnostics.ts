import { defineDiagnostics } from '../../diagnostics/index.ts';

interface Level {
  readonly slo: string;
  /** `1h and 5m` */
  readonly windows: string;
  readonly factor: number;
}

interface Kept {
  readonly slo: string;
  readonly part: string;
  readonly whole: string;
  /** `job="mes"` */
  readonly lost: readonly string[];
}

/** What the compiler tells about service level objectives. */
export const sloDiagnostics = defineDiagnostics('slo', {
  'declared-twice': {
    severity: 'error',
    summary: 'SLO upheld twice',
    detail: ({ slo, first, second }: { slo: string; first: string; second: string }) =>
      `${slo} is upheld by ${first} and by ${second}; their series would be taken for one another.`,
    hint: 'Let one stack uphold it, or give the other its own objective with its own id.',
  },
  'service-empty': {
    severity: 'error',
    summary: 'SLO of no item',
    detail: ({ slo, stack, selection, where }: { slo: string; stack: string; selection: string; where: string }) =>
      `${slo} is of ${selection}, and the stack ${stack} has no such item in service${where}.`,
    hint: 'Correct the service, or uphold the objective where its items are operated.',
  },
  'ratio-sides': {
    severity: 'error',
    summary: 'Ratio without exactly one of good and bad',
    detail: ({ slo, given }: { slo: string; given: string }) => `The ratio of ${slo} has ${given} beside total.`,
    hint: 'Give good or bad: the other is what is left of total.',
  },
  'unknown-part': {
    severity: 'error',
    summary: 'Composite of what is not measured here',
    detail: ({ slo, part, stack }: { slo: string; part: string; stack: string }) =>
      `${slo} is made of ${part}, which neither the stack ${stack} nor one below it upholds, so its series are not here.`,
    hint: ({ part }) => `Uphold ${part} here or below, or uphold the composite at the tier above all of its parts.`,
  },
  'zone-unknown': {
    severity: 'error',
    summary: 'Unknown time zone',
    detail: ({ slo, zone }: { slo: string; zone: string }) => `${slo} names the time zone ${JSON.stringify(zone)}.`,
    hint: 'Write the name that IANA gives it, such as Asia/Shanghai.',
  },
  'zone-with-summer-time': {
    severity: 'warning',
    summary: 'Time zone with summer time',
    detail: ({ slo, zone }: { slo: string; zone: string }) =>
      `${slo} goes by the clock of ${zone}, which changes in summer; Prometheus knows no zones, so winter time is used all year and periods and hours begin an hour late in summer.`,
    hint: 'Take a zone without summer time, or live with the hour.',
  },
  'alert-never-fires': {
    severity: 'error',
    summary: 'SLO alert that can never fire',
    detail: ({ slo, windows, factor, needed }: Level & { needed: string }) =>
      `The alert of ${slo} over ${windows} waits for ${factor} times the allowed errors, which is ${needed} of all events; more than all cannot fail.`,
    hint: 'Give the level less of the budget or a longer window, or the objective a higher share.',
  },
  'alert-below-allowed': {
    severity: 'warning',
    summary: 'SLO alert while the objective is met',
    detail: ({ slo, windows, factor }: Level) =>
      `The alert of ${slo} over ${windows} fires at ${factor} times the allowed errors: it would tell somebody although the objective is met.`,
    hint: 'Give the level more of the budget: share times period over long window should be at least 1.',
  },
  'window-beyond-period': {
    severity: 'error',
    summary: 'Alert window longer than the period',
    detail: ({ slo, windows, period }: { slo: string; windows: string; period: string }) =>
      `The alert of ${slo} over ${windows} looks further back than the objective, which is over ${period}.`,
    hint: 'Take a long window that is a part of the period.',
  },
  'short-window-too-short': {
    severity: 'warning',
    summary: 'Short window of few samples',
    detail: ({ slo, short, interval }: { slo: string; short: string; interval: string }) =>
      `The short window of ${slo} is ${short}, and what it looks at is read every ${interval}: fewer than four readings, so that one lost scrape decides.`,
    hint: 'Take a long window of at least 48 readings, or read the source more often.',
  },
  'too-little-traffic': {
    severity: 'warning',
    summary: 'Too few events for the objective',
    detail: ({ slo, short, expected, allowed }: { slo: string; short: string; expected: number; allowed: number }) =>
      `${slo} usually has ${expected} events within ${short}, of which ${allowed} may fail: a single failure is over that, and burns as if it were many.`,
    hint: 'Count over more of the service, add a synthetic probe, lower the objective, or count time slices.',
  },
  'good-outside-total': {
    severity: 'error',
    summary: 'Good or bad events that are not part of the total',
    detail: ({ slo, part, whole, lost }: Kept) =>
      `In ${slo}, ${part} counts events that ${whole} does not: it lacks ${lost.join(', ')}. The ratio could be above 1.`,
    hint: 'Give both the labels of the total.',
  },
  'sources-differ': {
    severity: 'warning',
    summary: 'Ratio of two sources',
    detail: ({ slo, part, whole, lost }: Kept) =>
      `In ${slo}, ${part} and ${whole} are different metrics, and the first lacks ${lost.join(', ')}: nothing says that they count the same requests.`,
    hint: 'Give both the same labels, or count good and total by one metric.',
  },
  'promise-not-looser': {
    severity: 'error',
    summary: 'Objective that is no tighter than the promise',
    detail: ({ slo, objective, promised, to }: { slo: string; objective: number; promised: number; to: string }) =>
      `${slo} aims at ${objective}, and ${promised} is promised to ${to}: when the objective is just missed, so is the promise.`,
    hint: 'Aim higher than what is promised, so that there is time to act.',
  },
  'beyond-retention': {
    severity: 'error',
    summary: 'SLO period longer than samples are kept',
    detail: ({ slo, period, stack, retention }: { slo: string; period: string; stack: string; retention: string }) =>
      `${slo} looks back ${period}, and the Prometheus of ${stack} keeps ${retention}: older failures would be forgotten.`,
    hint: 'Keep samples for longer (--storage.tsdb.retention.time, and `retention` of the stack), or take a shorter period.',
  },
  'retention-unknown': {
    severity: 'notice',
    summary: 'Retention not declared',
    detail: ({ slo, period, stack }: { slo: string; period: string; stack: string }) =>
      `${slo} looks back ${period}; how long the Prometheus of ${stack} keeps samples is not declared, and 15d is what it does when nobody says.`,
    hint: "Write `retention: '45d'` in the stack, as the server is started with (--storage.tsdb.retention.time).",
  },
});
