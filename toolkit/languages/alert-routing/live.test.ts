import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { compareWithLive } from '../../../test/support/compare-routing.ts';
import { fieldRoutings } from '../../../test/support/field-routing.ts';
import { type LiveAlertmanager, startAlertmanager } from '../../../test/support/live-alertmanager.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { randomAlerts, randomConfig, randomDocument, randomMatcher } from '../../../test/support/random-routing.ts';
import { parseAlertmanager, parseSilence, simulate, toApiSilence } from './index.ts';

const programs = realPrograms(['alertmanager']);

describe.skipIf(!programs.available)(programs.title('a live Alertmanager'), () => {
  let server: LiveAlertmanager;
  beforeAll(async () => {
    server = await startAlertmanager(programs.path('alertmanager'));
  });
  afterAll(() => server.stop());

  it('routes, groups, inhibits and silences as we say', async () => {
    const silences = fc.array(fc.array(randomMatcher, { minLength: 1, maxLength: 2 }), { maxLength: 2 });
    const property = fc.asyncProperty(randomConfig, randomAlerts, silences, async (config, alerts, silenced) =>
      compareWithLive(server, config, alerts, silenced),
    );
    await fc.assert(property, { numRuns: 40, seed: 20_260_401 });
  });

  it.each(fieldRoutings)('does as we say with $name', async ({ config, alerts, silences = [] }) => {
    await compareWithLive(server, config, alerts, silences);
  });

  it('refuses what we say it refuses', async () => {
    const property = fc.asyncProperty(randomDocument, async (document) => {
      const refused = parseAlertmanager(document).findings.filter(({ weight }) => weight === 'refused');
      const refusal = await server.load(document);
      const ours = { refusal, refused, isRefused: refused.length > 0 };
      expect(ours).toEqual({ ...ours, isRefused: refusal !== null });
    });
    await fc.assert(property, { numRuns: 100, seed: 20_260_401 });
  });

  it('sends the messages that we foresee, at this hour', async () => {
    const inbox = await openInbox();
    const hook = [{ url: inbox.url }];
    const document = {
      route: {
        receiver: 'all',
        group_by: ['site'],
        group_wait: '1s',
        routes: [
          { receiver: 'last', matchers: ['alertname="Last"'], group_wait: '3s' },
          { receiver: 'active', matchers: ['team="ops"'], continue: true, active_time_intervals: ['never', 'always'] },
          { receiver: 'asleep', matchers: ['team="ops"'], continue: true, active_time_intervals: ['never'] },
          { receiver: 'muted', matchers: ['team="ops"'], continue: true, mute_time_intervals: ['always'] },
          {
            receiver: 'awake',
            matchers: ['team="ops"'],
            continue: true,
            mute_time_intervals: ['never'],
            group_by: ['...'],
          },
          { receiver: 'plant', matchers: ['team="一厂"'] },
        ],
      },
      receivers: ['all', 'last', 'active', 'asleep', 'muted', 'awake', 'plant'].map((name) => ({
        name,
        webhook_configs: hook,
      })),
      inhibit_rules: [
        { source_matchers: ['alertname="Down"'], target_matchers: ['alertname="Slow"'], equal: ['site'] },
      ],
      time_intervals: [
        { name: 'always', time_intervals: [{ years: ['2020:2100'] }] },
        { name: 'never', time_intervals: [{ years: ['1999'] }] },
      ],
    };
    const silence = parseSilence({
      ...{ matchers: ['site="silent"'], owner: 'o', reason: 'r', changeId: 'c' },
      ...{ startsAt: '2020-01-01T00:00:00Z', endsAt: '2100-01-01T00:00:00Z' },
    }).silence;
    const alerts = [
      { alertname: 'Down', site: 'x "1"', team: 'ops' },
      { alertname: 'Slow', site: 'x "1"', team: 'ops' },
      { alertname: 'Slow', site: 'y' },
      { alertname: 'Slow', team: '一厂' },
      { alertname: 'Full', team: '一厂' },
      { alertname: 'Down', site: 'silent', team: 'ops' },
      { alertname: 'Last' },
    ];
    // One of its own: what the other tests fired goes on for a while.
    const own = await startAlertmanager(programs.path('alertmanager'));
    onTestFinished(() => own.stop());
    expect(await own.load(document)).toBeNull();
    await own.silence({ ...toApiSilence(silence), startsAt: new Date().toISOString() });
    await own.fire(alerts);
    await inbox.untilToldBy('last');

    const { config } = parseAlertmanager(document);
    const { groups, notifications } = simulate(config, { firing: alerts, atMs: Date.now(), silences: [silence] });
    const expected = groups
      .filter(({ told }) => told.length > 0)
      .map(({ key, route, told }) =>
        messageOf(
          route.receiver,
          key,
          told.map((position) => alerts[position] ?? {}),
        ),
      );
    expect(inbox.messages().sort()).toEqual(expected.sort());
    expect(inbox.messages().length).toBe(notifications);
  });
});

type Labels = Readonly<Record<string, string>>;

function messageOf(receiver: string, key: string, alerts: readonly Labels[]): string {
  const printed = alerts.map((labels) => JSON.stringify(Object.entries(labels).sort())).sort();
  return `${receiver} ${key} ${printed.join(' ')}`;
}

/** A webhook that remembers what it was told. */
async function openInbox() {
  const messages: string[] = [];
  const receivers = new Set<string>();
  let wake = () => {};
  const inbox = createServer(async (request, response) => {
    const message = JSON.parse(await text(request)) as {
      readonly receiver: string;
      readonly groupKey: string;
      readonly alerts: readonly { readonly labels: Labels }[];
    };
    messages.push(
      messageOf(
        message.receiver,
        message.groupKey,
        message.alerts.map(({ labels }) => labels),
      ),
    );
    receivers.add(message.receiver);
    response.end();
    wake();
  });
  await new Promise<void>((resolve) => inbox.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    inbox.closeAllConnections();
    inbox.close();
  });
  return {
    url: `http://127.0.0.1:${(inbox.address() as AddressInfo).port}/`,
    messages: () => messages,
    untilToldBy: (receiver: string) =>
      new Promise<void>((resolve) => {
        wake = () => receivers.has(receiver) && resolve();
        wake();
      }),
  };
}
