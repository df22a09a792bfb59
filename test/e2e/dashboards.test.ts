import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, start, remove } = makeWorkplace();

const gridPos = { x: 0, y: 0, w: 24, h: 8 };
const foreign = {
  title: 'Somebody else’s <hosts>',
  schemaVersion: 39,
  templating: { list: [{ name: 'host', type: 'query', query: 'label_values(up, instance)', current: {} }] },
  panels: [
    { id: 1, type: 'timeseries', title: 'Load of $host', gridPos, targets: [{ expr: 'load{instance="$host"}' }] },
    { id: 2, type: 'stat', title: 'Broken', gridPos: { ...gridPos, y: 8 }, targets: [{ expr: 'broken' }] },
  ],
};

let server: Server;
let url = '';
const asked: string[] = [];

beforeAll(async () => {
  opsctl('init group');
  writeFileSync(join(folder, 'foreign.json'), JSON.stringify(foreign));
  writeFileSync(join(folder, 'rules.json'), '{"groups": []}');
  writeFileSync(join(folder, 'torn.json'), '{"panels": [');
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const query = new URLSearchParams(body).get('query') ?? '';
      asked.push(query);
      const { status, answer } = answerTo(request.url ?? '', query);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  remove();
});

/** As Prometheus answers. */
function answerTo(path: string, query: string): { readonly status: number; readonly answer: object } {
  if (path.startsWith('/api/v1/label/')) return { status: 200, answer: { status: 'success', data: ['web-1'] } };
  if (query === 'broken') return { status: 400, answer: { status: 'error', error: 'invalid parameter "query"' } };
  const values = [0, 1, 2].map((step) => [Date.now() / 1000 - step * 60, String(step)]).reverse();
  const result = [{ metric: { instance: 'web-1' }, values }];
  return { status: 200, answer: { status: 'success', data: { resultType: 'matrix', result } } };
}

describe('dashboards of a repository', () => {
  it('are listed by stack', () => {
    const { stdout, status } = opsctl('dashboards list --directory group --stack plant-1');
    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'plant-1/host',
      'plant-1/http-endpoint',
      'plant-1/overview',
      '',
    ]);
  });

  it('are drawn, all of them, with a page that leads to each', () => {
    const ended = opsctl('dashboards preview --all --stack plant-1 --generated --out drawn --directory group');
    expect(ended.status).toBe(0);
    expect(ended.stdout.split('\n').filter((line) => !line.startsWith('Wrote '))).toEqual(['']);
    const index = readFileSync(join(folder, 'drawn/index.html'), 'utf8');
    expect([...index.matchAll(/href="([^"]+)"/g)].map(([, path]) => path)).toEqual([
      'plant-1/host.html',
      'plant-1/http-endpoint.html',
      'plant-1/overview.html',
    ]);
    const page = readFileSync(join(folder, 'drawn/plant-1/host.html'), 'utf8');
    expect(page).toContain('CPU busy · CPU 使用率');
    expect(page.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\/|<script/);
  });

  it('have the same bytes for the same seed, and others for another', () => {
    const drawn = (seed: number, name: string) => {
      opsctl(
        `dashboards preview plant-1/host --generated --seed ${seed} --format svg --out ${name} --time-zone UTC --directory group`,
      );
      return readFileSync(join(folder, name), 'utf8');
    };
    const first = drawn(7, 'first.svg');
    expect(drawn(7, 'again.svg') === first).toBe(true);
    expect(drawn(8, 'other.svg') === first).toBe(false);
  });

  it('say that they are drawn with generated data where nothing is bound', () => {
    const { stderr } = opsctl('dashboards preview plant-1/host --out unbound.html --directory group');
    expect(stderr).toContain('[preview/not-bound]');
  });
});

describe('a dashboard from elsewhere', () => {
  it('is drawn from a server, with what the server refuses said in its place', async () => {
    const words = `dashboards preview foreign.json --out foreign.svg --format svg --from 5m --prometheus ${url} --json`;
    const ended = await run(words);
    expect(ended.status).toBe(1);
    expect(eventsOf(ended).filter(({ event }) => event === 'dashboard-preview')).toEqual([
      expect.objectContaining({
        title: foreign.title,
        file: 'foreign.svg',
        panels: 2,
        problems: [{ panel: 'Broken', kind: 'failed', reason: 'A: invalid parameter "query"' }],
      }),
    ]);
    expect(asked).toEqual(['', 'load{instance="web-1"}', 'broken']);
    const svg = readFileSync(join(folder, 'foreign.svg'), 'utf8');
    expect(svg).toContain('Load of web-1');
    expect(svg).toContain('Somebody else’s &lt;hosts&gt;');
  });

  it.each([
    { words: 'dashboards preview rules.json --out x.html', status: 3, code: 'preview/no-dashboard' },
    { words: 'dashboards preview torn.json --out x.html', status: 3, code: 'preview/no-dashboard' },
    {
      words: 'dashboards preview plant-1/hots --out x.html --generated --directory group',
      status: 64,
      code: 'preview/unknown-dashboard',
    },
    {
      words: 'dashboards preview host --out x.html --generated --directory group',
      status: 64,
      code: 'preview/several-dashboards',
    },
    { words: 'dashboards preview --out x.html', status: 64, code: 'Name one dashboard, or give --all.' },
    {
      words: 'dashboards preview foreign.json --out x.html --from yesterday',
      status: 64,
      code: '--from is a duration',
    },
    {
      words: 'dashboards preview foreign.json --out x.html --variable host',
      status: 64,
      code: '--variable is name=value',
    },
    {
      words: 'dashboards preview foreign.json --out x.html --time-zone Mars',
      status: 64,
      code: '--time-zone is a zone',
    },
    {
      words: 'dashboards preview foreign.json --out x.html --prometheus http://a:b@c',
      status: 64,
      code: '--prometheus is a URL',
    },
  ])('`opsctl $words` ends with $status', ({ words, status, code }) => {
    const ended = opsctl(words);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toContain(code);
    expect(existsSync(join(folder, 'x.html'))).toBe(false);
  });
});

/** Not as the others are run: this process has to answer meanwhile. */
async function run(words: string): Promise<Ended> {
  const child = start(words);
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, ...output };
}
