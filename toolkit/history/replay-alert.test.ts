import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { realPrograms } from '../../test/support/programs.ts';
import { type Episode, replayAlert } from './replay-alert.ts';

const minute = 60_000;
const rule = { name: 'Hot', forMs: 2 * minute, keepFiringMs: 0, labels: { severity: 'warning' } };
const grid = { fromMs: 0, toMs: 10 * minute, stepMs: minute };

/** `--XX-`: no sample, no sample, two samples, none. */
function seriesOf(pattern: string, labels = { item: 'a' }) {
  const timesMs = [...pattern].flatMap((mark, step) => (mark === 'X' ? [step * minute] : []));
  return { labels: { __name__: 'temperature', ...labels }, timesMs, values: timesMs.map(() => 1) };
}

/** `3>5-9`: active from minute 3, firing from 5, gone at 9; `?` where it never fired, `~` where it goes on. */
function print({ activeAtMs, firedAtMs, endedAtMs, isEarlier, isCutOff }: Episode): string {
  const [active, fired, ended] = [activeAtMs, firedAtMs, endedAtMs].map((at) => (at === null ? null : at / minute));
  return `${isEarlier ? '<' : ''}${active}>${fired ?? '?'}-${ended ?? '~'}${isCutOff ? '!' : ''}`;
}

describe('a replayed alert', () => {
  it.each([
    { name: 'is pending until its condition has held for long enough', pattern: '-XXXX------', episodes: ['1>3-5'] },
    { name: 'that goes away before is pending only', pattern: '-XX-XX-----', episodes: ['1>?-3', '4>?-6'] },
    { name: 'fires at the very evaluation at which its time is over', pattern: '-XXX-------', episodes: ['1>3-4'] },
    { name: 'goes on at the end', pattern: '-------XXXX', episodes: ['7>9-~'] },
    { name: 'may have begun before', pattern: 'XXX--------', episodes: ['<0>2-3'] },
    {
      name: 'without waiting time fires at once',
      pattern: '-X-X-------',
      change: { forMs: 0 },
      episodes: ['1>1-2', '3>3-4'],
    },
    {
      name: 'is kept firing over a short pause',
      pattern: '-XXX-X-----',
      change: { keepFiringMs: 2 * minute },
      episodes: ['1>3-8'],
    },
    {
      name: 'is not kept pending over a pause',
      pattern: '-XX-XXX----',
      change: { keepFiringMs: 2 * minute },
      episodes: ['1>?-3', '4>6-9'],
    },
    {
      name: 'is not kept firing longer than that',
      pattern: '-XXX---XXX-',
      change: { keepFiringMs: 2 * minute },
      episodes: ['1>3-6', '7>9-~'],
    },
    {
      name: 'waits for a whole evaluation where its time is between two',
      pattern: '-XXXX------',
      change: { forMs: 1.5 * minute },
      episodes: ['1>3-5'],
    },
    {
      name: 'is cut off by a gap, and begins anew behind it',
      pattern: '-XXX---XXXX',
      gaps: [{ fromMs: 4 * minute, toMs: 7 * minute }],
      episodes: ['1>3-4!', '7>9-~'],
    },
    {
      name: 'takes no sample in a gap for one',
      pattern: 'XXXXXXXXXXX',
      gaps: [{ fromMs: 4 * minute, toMs: 7 * minute }],
      episodes: ['<0>2-4!', '7>9-~'],
    },
    {
      name: 'that is kept firing is cut off by a gap all the same',
      pattern: '-XXX-------',
      change: { keepFiringMs: 5 * minute },
      gaps: [{ fromMs: 6 * minute, toMs: 8 * minute }],
      episodes: ['1>3-6!'],
    },
  ])('$name', ({ pattern, change, gaps, episodes }) => {
    expect(replayAlert({ ...rule, ...change }, [seriesOf(pattern)], grid, gaps).map(print)).toEqual(episodes);
  });

  it('has the labels of its series and of its rule, where the rule decides', () => {
    const labels = { item: 'a', severity: 'low' };
    expect(replayAlert({ ...rule, forMs: 0 }, [seriesOf('X----------', labels)], grid)[0]?.labels).toEqual({
      alertname: 'Hot',
      item: 'a',
      severity: 'warning',
    });
  });
});

const programs = realPrograms(['promtool']);
const folder = mkdtempSync(join(tmpdir(), 'opsctl-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!programs.available)(programs.title('a replay and Prometheus'), () => {
  it('agree on every state of every alert, whatever the samples and times', { timeout: 300_000 }, () => {
    const pattern = fc.array(fc.constantFrom('X', 'X', 'X', '-', '-'), { minLength: 30, maxLength: 30 });
    const seconds = fc.constantFrom(0, 30, 60, 90, 120, 180, 300);
    const alert = fc.record({ forMs: seconds, keepFiringMs: seconds, patterns: fc.tuple(pattern, pattern) });
    fc.assert(
      fc.property(fc.array(alert, { minLength: 20, maxLength: 20 }), (alerts) => {
        expect(judge(alerts)).toEqual({ status: 0, said: '' });
      }),
      { numRuns: 6 },
    );
  });
});

interface Case {
  readonly forMs: number;
  readonly keepFiringMs: number;
  readonly patterns: readonly (readonly string[])[];
}

/** One rule file and one test for all cases; what promtool has to find is what the replay gives. */
function judge(cases: readonly Case[]) {
  const rules = cases.map(({ forMs, keepFiringMs }, index) => ({
    alert: `Alert${index}`,
    expr: `metric${index} == 1`,
    ...(forMs === 0 ? {} : { for: `${forMs}s` }),
    ...(keepFiringMs === 0 ? {} : { keep_firing_for: `${keepFiringMs}s` }),
  }));
  const series = cases.flatMap(({ patterns }, index) =>
    patterns.map((marks, item) => ({
      series: `metric${index}{item="${item}"}`,
      values: marks.map((mark) => (mark === 'X' ? 1 : 0)).join(' '),
    })),
  );
  const expectations = cases.flatMap((each, index) => expectationsOf(each, index));
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups: [{ name: 'g', rules }] }));
  const test = { interval: '1m', input_series: series, promql_expr_test: expectations };
  writeFileSync(
    join(folder, 'test.json'),
    JSON.stringify({ rule_files: ['rules.json'], evaluation_interval: '1m', tests: [test] }),
  );
  const ended = spawnSync(programs.path('promtool'), ['test', 'rules', 'test.json'], { cwd: folder, encoding: 'utf8' });
  return { status: ended.status, said: ended.status === 0 ? '' : ended.stdout + ended.stderr };
}

function expectationsOf({ forMs, keepFiringMs, patterns }: Case, index: number) {
  const timing = { forMs: forMs * 1000, keepFiringMs: keepFiringMs * 1000 };
  const replayed = { ...rule, ...timing, name: `Alert${index}`, labels: {} };
  const series = patterns.map((marks, item) => seriesOf(marks.join(''), { item: String(item) }));
  const episodes = replayAlert(replayed, series, { fromMs: 0, toMs: 29 * minute, stepMs: minute });
  return Array.from({ length: 30 }, (_, step) => ({
    expr: `ALERTS{alertname="Alert${index}"}`,
    eval_time: `${step}m`,
    exp_samples: episodes.flatMap((episode) => {
      const state = stateAt(episode, step * minute);
      const { item } = episode.labels;
      const labels = `ALERTS{alertname="Alert${index}", alertstate="${state}", item="${item}"}`;
      return state === null ? [] : [{ labels, value: 1 }];
    }),
  }));
}

function stateAt({ activeAtMs, firedAtMs, endedAtMs }: Episode, atMs: number): string | null {
  if (atMs < activeAtMs || (endedAtMs !== null && atMs >= endedAtMs)) return null;
  return firedAtMs !== null && atMs >= firedAtMs ? 'firing' : 'pending';
}
