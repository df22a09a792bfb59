import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort, startProgram } from '../../../test/support/processes.ts';
import { realPrograms } from '../../../test/support/programs.ts';
import { type JsonObject, makeAddress, type ObjectReference } from '../../model/index.ts';
import { plainContext } from '../../testing/index.ts';
import { alertmanagerProvider } from './provider.ts';
import { canonicalSilence } from './silence.ts';

const programs = realPrograms(['alertmanager', 'amtool']);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const endsAt = inDays(1);

function silenceOf(name: string, fields: JsonObject = {}): ObjectReference {
  const address = makeAddress({ stack: 'plant', type: 'alertmanager-silence', name });
  const matchers = [{ name: 'item', value: name, isRegex: false, isEqual: true }];
  const spec = { id: address, matchers, endsAt, owner: 'mes-ops', reason: 'Disks: all.', change: 'CHG-1', ...fields };
  return { address, type: 'alertmanager-silence', spec };
}

const chg = silenceOf('chg-1');

describe.skipIf(!programs.available)(programs.title('silences in a real Alertmanager'), () => {
  it('says in Alertmanager whose it is, why, and for which change', async () => {
    const { put, all } = await open();
    expect(await put(chg)).toEqual({ accepted: true, note: '1 silence put' });
    expect(await all()).toEqual([
      expect.objectContaining({
        createdBy: 'mes-ops',
        comment: 'CHG-1: Disks: all. [opsctl plant/alertmanager-silence/chg-1]',
        matchers: [{ name: 'item', value: 'chg-1', isRegex: false, isEqual: true }],
        endsAt,
      }),
    ]);
  });

  it('finds its own again after a restart, and makes none twice', async () => {
    const { put, see, all, restart } = await open();
    await put(chg);
    const [before] = await all();
    await restart();
    expect(await see(chg)).toEqual(present(chg));
    await put(chg);
    expect(await all()).toEqual([before]);
  });

  it('moves the end in place, and makes another one where other alerts are meant', async () => {
    const { put, see, all } = await open();
    await put(chg);
    const [first] = await all();
    await put(silenceOf('chg-1', { endsAt: inDays(2) }));
    expect((await all()).map(({ id }) => id)).toEqual([first?.id]);
    const wider = silenceOf('chg-1', { matchers: [{ name: 'site', value: 'p1', isRegex: false, isEqual: true }] });
    await put(wider);
    expect(await all()).toHaveLength(1);
    expect(await see(wider)).toEqual(present(wider));
  });

  it('keeps one that has begun going when its declaration says a later past', async () => {
    const { put, see, all } = await open();
    await put(silenceOf('chg-1', { startsAt: '2026-01-01T00:00:00Z' }));
    const [first] = await all();
    const later = silenceOf('chg-1', { startsAt: '2026-01-02T00:00:00Z', reason: 'Controllers.' });
    await put(later);
    expect((await all()).map(({ id, startsAt }) => [id, startsAt])).toEqual([[first?.id, first?.startsAt]]);
    expect(await see(later)).toEqual(present(later));
  });

  it('waits with one that is to begin later', async () => {
    const { put, see, all, session } = await open();
    const startsAt = inDays(0.5);
    const later = silenceOf('chg-1', { startsAt });
    await put(later);
    expect(await all()).toMatchObject([{ startsAt, status: { state: 'pending' } }]);
    expect(await see(later)).toEqual(present(later));
    expect(await session.health([later], 0)).toEqual([
      { address: later.address, healthy: true, detail: `It begins at ${startsAt}.` },
    ]);
  });

  it('takes one whose time is over as it should be, and makes none', async () => {
    const { put, see, all, session } = await open();
    const over = silenceOf('chg-1', { endsAt: '2026-01-02T00:00:00Z' });
    expect(await see(over)).toEqual(present(over));
    await put(over);
    expect(await all()).toEqual([]);
    expect(await session.health([over], 0)).toEqual([
      { address: over.address, healthy: true, detail: 'It was over at 2026-01-02T00:00:00Z.' },
    ]);
  });

  it('ends at once what is declared to be over', async () => {
    const { put, all } = await open();
    await put(chg);
    await put(silenceOf('chg-1', { endsAt: '2026-01-02T00:00:00Z' }));
    expect(await all()).toEqual([]);
  });

  it('sees that somebody ended it early, or made it longer', async () => {
    const { put, see, all, post, expire } = await open();
    await put(chg);
    const [made] = await all();
    const longer = inDays(30);
    await post({ ...made, endsAt: longer });
    expect(await see(chg)).toEqual({ state: 'present', spec: { ...canonicalSilence(chg.spec), endsAt: longer } });
    await expire(String(made?.id));
    expect(await see(chg)).toEqual({ state: 'absent' });
  });

  it('makes one of two that somebody made of it', async () => {
    const { put, see, all, post } = await open();
    await put(chg);
    const [{ id: _, ...made } = {}] = await all();
    await post(made);
    expect(await see(chg)).toMatchObject({ state: 'present', spec: { madeTimes: 2 } });
    await put(chg);
    expect(await all()).toHaveLength(1);
    expect(await see(chg)).toEqual(present(chg));
  });

  it('takes over one that was made by hand and silences the same', async () => {
    const { put, see, all, post } = await open();
    const id = await post(byHand([{ name: 'item', value: 'chg-1', isRegex: false, isEqual: true }]));
    expect(await see(chg)).toMatchObject({ state: 'present', spec: { owner: 'zhang', reason: 'disk', change: '' } });
    await put(chg);
    expect((await all()).map((silence) => silence.id)).toEqual([id]);
    expect(await see(chg)).toEqual(present(chg));
  });

  it('lists those that nobody declared', async () => {
    const { put, post, session } = await open();
    await put(chg);
    const id = await post(byHand([{ name: 'severity', value: 'critical', isRegex: false, isEqual: true }]));
    expect((await session.discover([chg])).filter(({ type }) => type === 'alertmanager-silence')).toEqual([
      expect.objectContaining({
        name: id,
        location: `a silence of severity="critical" until ${endsAt}, by zhang: disk`,
        // When it began, though it is in force: how long it lasts is judged.
        facts: expect.objectContaining({ startsAt: expect.any(String) }),
        concern: `a silence of severity="critical" that nobody declared, by zhang, keeps everybody from hearing of any critical alert until ${endsAt}`,
      }),
    ]);
    expect((await session.discover([])).map(({ name }) => name)).toEqual(expect.arrayContaining([id, 'chg-1']));
  });

  it('takes back what it did when Alertmanager refuses one', async () => {
    const { put, all, session } = await open();
    await put(chg);
    const before = await all();
    const bad = silenceOf('bad', { matchers: [{ name: 'item', value: '(', isRegex: true, isEqual: true }] });
    await session.stage({ kind: 'write', ...silenceOf('chg-2') });
    await session.stage({ kind: 'remove', ...chg });
    await session.stage({ kind: 'write', ...bad });
    expect(await session.commit()).toEqual({
      accepted: false,
      reason: expect.stringMatching(/^Alertmanager refuses it: .*missing closing \)/),
      blamed: [bad.address],
    });
    expect((await all()).map(({ comment }) => comment)).toEqual(before.map(({ comment }) => comment));
  });

  it('knows of nothing where nothing runs, but what is over, and says that it cannot silence', async () => {
    const { put, see, stop, url, session } = await open();
    await stop();
    expect(await see(chg)).toEqual({
      state: 'unasked',
      reason: expect.stringContaining(`${url}/api/v2/silences`),
    });
    const over = silenceOf('chg-1', { endsAt: '2026-01-02T00:00:00Z' });
    expect(await see(over)).toEqual(present(over));
    expect((await session.discover([chg])).filter(({ type }) => type === chg.type)).toEqual([]);
    expect(await session.health([chg], 0)).toEqual([
      { address: chg.address, healthy: false, detail: expect.stringContaining(`${url}/api/v2/silences`) },
    ]);
    expect(await put(chg)).toEqual({
      accepted: false,
      reason: expect.stringContaining(`${url}/api/v2/silences`),
      blamed: [chg.address],
    });
  });

  it('cannot look without an address of Alertmanager', async () => {
    const binding = {
      stack: 'plant',
      target: 'alertmanager',
      provider: 'alertmanager',
      settings: { directory: '/tmp' },
    };
    const session = alertmanagerProvider.open(binding, plainContext());
    expect((await session.readMany([chg])).get(chg.address)).toEqual({
      state: 'unasked',
      reason: 'Alertmanager keeps silences itself, and the binding has no `url` to ask it.',
    });
  });
});

function present({ spec }: ObjectReference) {
  return { state: 'present', spec: canonicalSilence(spec) };
}

function byHand(matchers: readonly JsonObject[]): JsonObject {
  return { matchers, startsAt: new Date().toISOString(), endsAt, createdBy: 'zhang', comment: 'disk' } as JsonObject;
}

async function open() {
  const folder = await mkdtemp(path.join(tmpdir(), 'opsctl-silences-'));
  const directory = path.join(folder, 'etc');
  await mkdir(directory);
  const config = { route: { receiver: 'ops' }, receivers: [{ name: 'ops' }] };
  await writeFile(path.join(directory, 'alertmanager.yml'), JSON.stringify(config));
  const port = await freePort();
  const start = () =>
    startProgram({
      program: programs.path('alertmanager'),
      port,
      args: () => [
        `--config.file=${directory}/alertmanager.yml`,
        `--storage.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      ready: '/-/ready',
    });
  let server = await start();
  const url = `http://127.0.0.1:${port}`;
  const settings = { directory, url, check: programs.path('amtool') };
  const session = alertmanagerProvider.open(
    { stack: 'plant', target: 'alertmanager', provider: 'alertmanager', settings },
    plainContext(),
  );
  onTestFinished(async () => {
    await session.close();
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const call = (where: string, options?: RequestInit) => fetch(`${url}/api/v2/${where}`, options);
  return {
    url,
    session,
    async put(reference: ObjectReference) {
      await session.stage({ kind: 'write', ...reference });
      return await session.commit();
    },
    see: async (reference: ObjectReference) => (await session.readMany([reference])).get(reference.address),
    async all(): Promise<readonly JsonObject[]> {
      const silences = (await (await call('silences')).json()) as readonly JsonObject[];
      return silences.filter(({ status }) => (status as JsonObject).state !== 'expired');
    },
    async post(silence: JsonObject): Promise<string> {
      const headers = { 'content-type': 'application/json' };
      const answer = await call('silences', { method: 'POST', headers, body: JSON.stringify(silence) });
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { readonly silenceID: string }).silenceID;
    },
    expire: (id: string) => call(`silence/${id}`, { method: 'DELETE' }),
    stop: () => server.stop(),
    async restart() {
      await server.stop();
      server = await start();
    },
  };
}
