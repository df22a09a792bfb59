import fc from 'fast-check';

/** Few labels and values, so that random alerts and random routes meet often. */
const names = ['team', 'severity', 'tenant', 'site'];
const values = ['ops', 'dev', 'critical', 'a"b', 'a\\b', 'x,y', '一厂', 'Ops'];
const patterns = [
  ...['ops|dev', 'crit.*', '', '.+', '.*', '(?i)OPS', '[a-o]{3}', 'a"b|x,y', 'o(ps)?', '[^o]+', '\\w+', '一.'],
  ...['a)|(?:ops', '(?-s).ps', 'ops|', '[[:alpha:]]+', 'a.b', '(?i:o)ps', '\\x{4e00}厂', 'O\\Qps\\E'],
];
export const routingReceivers = ['a', 'b', 'c', 'd'];

const equalMatcher = fc
  .record({
    name: fc.constantFrom(...names),
    operator: fc.constantFrom('=', '!='),
    value: fc.constantFrom(...values, ''),
  })
  .map(({ name, operator, value }) => `${name}${operator}${quote(value)}`);

const patternMatcher = fc
  .record({
    name: fc.constantFrom(...names),
    operator: fc.constantFrom('=~', '!~'),
    value: fc.constantFrom(...patterns),
  })
  .map(({ name, operator, value }) => `${name}${operator}${quote(value)}`);

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export const randomMatcher = fc.oneof({ weight: 3, arbitrary: equalMatcher }, patternMatcher);

/** Several in one entry, in braces or not. */
const matcherEntry = fc.oneof(
  { weight: 4, arbitrary: randomMatcher },
  fc.array(randomMatcher, { minLength: 1, maxLength: 2 }).map((entries) => `{${entries.join(', ')}}`),
);

const older = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), { minKeys: 1, maxKeys: 2 });
const olderPatterns = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...patterns), {
  minKeys: 1,
  maxKeys: 1,
});

const conditions = (prefix: string): fc.Arbitrary<object> =>
  fc
    .record(
      {
        matchers: fc.array(matcherEntry, { minLength: 1, maxLength: 2 }),
        match: older,
        match_re: olderPatterns,
      },
      { requiredKeys: [] },
    )
    .map((fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${prefix}${name}`, value])));

const groupBy = fc.oneof(
  fc.constant(['...']),
  fc.constant([] as string[]),
  fc.uniqueArray(fc.constantFrom(...names, 'alertname'), { minLength: 1, maxLength: 3 }),
);

function routesOf(depth: number): fc.Arbitrary<readonly object[]> {
  const settings = fc.record(
    {
      receiver: fc.constantFrom(...routingReceivers),
      group_by: groupBy,
      continue: fc.boolean(),
      routes: depth === 0 ? fc.constant([]) : routesOf(depth - 1),
    },
    { requiredKeys: ['routes'] },
  );
  const route = fc.tuple(settings, conditions('')).map(([fields, matchers]) => ({ ...fields, ...matchers }));
  return fc.array(route, { maxLength: 4 });
}

const inhibitRule = fc
  .tuple(
    conditions('source_'),
    conditions('target_'),
    fc.record({ equal: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }) }, { requiredKeys: [] }),
  )
  .map(([source, target, equal]) => ({ ...source, ...target, ...equal }));

export interface RandomConfig {
  readonly route: object;
  readonly inhibit_rules: readonly object[];
  readonly receivers: readonly object[];
}

export const randomConfig: fc.Arbitrary<RandomConfig> = fc
  .record({ routes: routesOf(2), groupBy, inhibit_rules: fc.array(inhibitRule, { maxLength: 4 }) })
  .map(({ routes, groupBy: group_by, inhibit_rules }) => ({
    route: { receiver: 'a', group_by, routes },
    inhibit_rules,
    receivers: routingReceivers.map((name) => ({ name })),
  }));

export const randomLabels = fc
  .record(
    {
      alertname: fc.constantFrom('One', 'Two'),
      ...Object.fromEntries(names.map((name) => [name, fc.constantFrom(...values)])),
    },
    { requiredKeys: ['alertname'] },
  )
  .map((labels): Readonly<Record<string, string>> => ({ ...labels }));

/** Alerts that fire together; no two have the same labels. */
export const randomAlerts = fc.uniqueArray(randomLabels, {
  minLength: 1,
  maxLength: 12,
  selector: (labels) => JSON.stringify(Object.entries(labels).sort()),
});

const oddMatchers = fc.oneof(
  randomMatcher,
  fc.constantFrom('', '{}', ',', 'team', '="x"', 'team="open', 'team=="x"', 'a="b" c="d"', '"team"="x"', 'team=x"y'),
  fc.constantFrom('{team=x', 'team=x}', '{{team=x}', 'team=x,,site=y', 'team=~"("', 'team=~"a{1001}"', ' {team=x}'),
  fc.constantFrom(
    'team=~"\\\\d+"',
    'team=~"\\d"',
    'team=~"a)|(b"',
    'team=~"\\\\Qa"',
    'te-am=x',
    'a:b=c',
    'team = x , ',
  ),
  fc.string({ unit: fc.constantFrom(...'ab=~!"\\,{} n()[]*+?1'), maxLength: 10 }),
);
const oddDuration = fc.constantFrom<unknown>(
  '30s',
  '0',
  0,
  30,
  '1h30m',
  '30m1h',
  '',
  null,
  '1.5h',
  '5 m',
  '999999y',
  '0s',
  '1d',
);
const oddName = fc.constantFrom<unknown>('a', 'b', 'nobody', '', null, 'office', 'night', 7);
const oddRange = (...texts: readonly unknown[]) => fc.array(fc.constantFrom(...texts), { maxLength: 2 });

const oddInterval = fc.record(
  {
    times: fc.array(
      fc.record(
        {
          start_time: fc.constantFrom('08:00', '00:00', '24:00', '8:00', '', '12:60', '23:59'),
          end_time: fc.constantFrom('17:00', '24:00', '00:00', '25:00', '23:59'),
        },
        { requiredKeys: ['start_time'] },
      ),
      { maxLength: 2 },
    ),
    weekdays: oddRange('monday', 'monday:friday', 'Sunday', 'saturday:sunday', '1', 'mon', 'monday:tuesday:friday', ''),
    days_of_month: oddRange(
      '1',
      '1:5',
      '-1',
      '-3:-1',
      '0',
      '32',
      '-1:1',
      '28:-1',
      '29:-1',
      '5:1',
      7,
      '+3',
      'x',
      '5:-24',
    ),
    months: oddRange('may', 'January:march', '13', '5:8', 'december:january', 'x', '-1', 0),
    years: oddRange('2026', '2026:2028', '2028:2026', 2030, 'x', '-5'),
    location: fc.constantFrom(
      'UTC',
      'Asia/Shanghai',
      'asia/shanghai',
      'Mars/Olympus',
      '',
      'Local',
      '+08:00',
      'PRC',
      null,
    ),
  },
  { requiredKeys: [] },
);

const oddRoute = (children: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record(
    {
      receiver: oddName,
      matchers: fc.oneof(fc.array(oddMatchers, { maxLength: 2 }), oddMatchers),
      match: fc.constantFrom<unknown>({}, { team: 'x' }, { 'te-am': 'x' }, null, [], { team: 7 }),
      match_re: fc.constantFrom<unknown>({ team: 'x|y' }, { team: '(' }, { 'a b': '.' }, { team: '' }),
      group_by: fc.constantFrom<unknown>([], ['...'], ['...', 'team'], ['team', 'team'], ['te-am'], 'team', null, ['']),
      group_wait: oddDuration,
      group_interval: oddDuration,
      repeat_interval: oddDuration,
      continue: fc.constantFrom<unknown>(true, false, null, 'perhaps', 1),
      mute_time_intervals: fc.array(oddName, { maxLength: 1 }),
      active_time_intervals: fc.array(oddName, { maxLength: 1 }),
      labels: fc.constant({ team: 'x' }),
      recievers: fc.constant('a'),
      routes: children,
    },
    { requiredKeys: [] },
  );

/** Some entries of a record, most often few, so that most documents have no fault or one. */
function sparse(arbitrary: fc.Arbitrary<unknown>, keep: number): fc.Arbitrary<unknown> {
  return fc.tuple(arbitrary, fc.infiniteStream(fc.integer({ min: 0, max: 9 }))).map(([value, dice]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(() => (dice.next().value ?? 0) < keep));
  });
}

const childRoutes = fc.array(sparse(oddRoute(fc.array(sparse(oddRoute(fc.constant(null)), 2), { maxLength: 1 })), 3), {
  maxLength: 2,
});

/** Configurations that Alertmanager refuses as often as not. */
export const randomDocument: fc.Arbitrary<unknown> = fc
  .tuple(
    sparse(oddRoute(childRoutes), 1),
    fc.oneof({ weight: 9, arbitrary: childRoutes }, fc.constantFrom<unknown>(null, {}, 'x', ['x'])),
    sparse(
      fc.record({
        inhibit_rules: fc.array(
          fc.record(
            {
              source_matchers: fc.array(oddMatchers, { maxLength: 1 }),
              target_match_re: fc.constantFrom<unknown>({ team: 'x' }, { team: '[' }, { '1': 'x' }),
              equal: fc.constantFrom<unknown>(['team'], ['team', 'team'], ['te-am'], [], null),
              name: fc.constant('n'),
            },
            { requiredKeys: ['equal'] },
          ),
          { maxLength: 1 },
        ),
        time_intervals: fc.array(
          fc.record(
            { name: oddName, time_intervals: fc.array(sparse(oddInterval, 3), { maxLength: 2 }) },
            { requiredKeys: ['time_intervals'] },
          ),
          { maxLength: 2 },
        ),
        mute_time_intervals: fc.array(fc.record({ name: oddName, time_intervals: fc.constant([]) }), { maxLength: 1 }),
        global: fc.constantFrom<unknown>(null, {}, { resolve_timeout: '5m' }, { resolve_timeout: 'x' }, { x: 1 }, []),
        templates: fc.constantFrom<unknown>([], null, 'x.tmpl'),
        tracing: fc.constant(null),
        inhibit: fc.constant([]),
      }),
      4,
    ),
    fc.constantFrom<unknown>(
      ...[
        null,
        [{ name: 'a' }, { name: 'a' }],
        [{}],
        [{ name: 'a' }, { name: 'b', labels: {} }],
        [{ name: 'a', x: 1 }],
      ],
      ...Array.from({ length: 12 }, () => [{ name: 'a' }, { name: 'b' }, { name: '7' }]),
    ),
  )
  .map(([route, routes, rest, receivers]) => ({
    route: { receiver: 'a', ...(route as object), routes },
    ...(rest as object),
    receivers,
  }));
