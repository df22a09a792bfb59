import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, request as requestTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterContent, codesOf, makeClusterContent } from '../../support/cluster-content.ts';
import { clusterForSuite, kubernetes } from '../../support/kubernetes.ts';

const apply = 'apply --yes --health-timeout 0';

describe.skipIf(!kubernetes.available)(
  kubernetes.title('an apply to a real API server that is interrupted'),
  { timeout: 300_000 },
  () => {
    const cluster = clusterForSuite();
    let content: ClusterContent;
    let namespace: string;
    beforeEach(async () => {
      content = makeClusterContent();
      namespace = await cluster().newNamespace();
      content.bind({ kubeconfig: cluster().adminFile, timeoutMs: 20_000 });
    });
    afterEach(() => content.remove());

    const many = (count: number, value: string) =>
      Array.from({ length: count }, (_, index) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: `object-${index}`, namespace },
        data: { value, index: String(index) },
      }));
    const list = async () => {
      const { body } = await cluster().call('GET', `/api/v1/namespaces/${namespace}/configmaps`);
      return body.items as {
        metadata: { uid: string; name: string; resourceVersion: string };
        data: { value: string };
      }[];
    };
    /** Waits until an apply that runs has come so far. */
    const untilThere = (count: number) =>
      expect.poll(async () => (await list()).length, { timeout: 120_000, interval: 20 }).toBeGreaterThan(count);

    it('of 1,000 objects goes through, finds nothing to do afterwards, and takes all away again', async () => {
      content.declare(many(1000, 'a'));
      expect(content.opsctl('apply --yes')).toMatchObject({ status: 0 });
      const made = await list();
      expect(made).toHaveLength(1000);
      expect(content.opsctl('drift --detailed-exitcode').status).toBe(0);
      expect(content.opsctl(apply).status).toBe(0);
      expect((await list()).map(({ metadata }) => metadata.resourceVersion)).toEqual(
        made.map(({ metadata }) => metadata.resourceVersion),
      );
      expect(content.opsctl('destroy --yes --approved-by lead')).toMatchObject({ status: 0 });
      expect(await list()).toEqual([]);
    });

    it('by the end of the server waits for it, and loses nothing when it comes back', async () => {
      content.declare(many(600, 'a'));
      const running = content.start(apply);
      const ended = once(running, 'exit');
      await untilThere(20);
      await cluster().killServer();
      await sleep(1000);
      await cluster().startServer();
      expect((await ended)[0]).toBe(0);
      expect(await list()).toHaveLength(600);
      expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);
    });

    it('by the end of the server tells what is not known when it stays away, and converges when it is back', async () => {
      content.bind({ kubeconfig: cluster().adminFile, timeoutMs: 500 });
      content.declare(many(600, 'a'));
      const running = content.start(apply);
      const said: string[] = [];
      for (const stream of [running.stdout, running.stderr])
        stream?.on('data', (part: Buffer) => said.push(part.toString()));
      const ended = once(running, 'exit');
      await untilThere(20);
      await cluster().killServer();
      const [status] = await ended;
      // What became of it nobody knows now, and a plan says so once and ends.
      const blind = content.opsctl('plan');
      expect({ status: blind.status, codes: codesOf(blind) }).toEqual({ status: 1, codes: ['kubernetes/unreachable'] });
      expect(blind.stdout).toContain('kubernetes of plant: 600 objects not compared. ');
      await cluster().startServer();
      expect([1, 7]).toContain(status);
      expect(said.join('')).toContain('Cluster does not answer');
      const before = (await list()).map(({ metadata }) => metadata.uid);
      content.bind({ kubeconfig: cluster().adminFile, timeoutMs: 20_000 });
      expect(content.opsctl(apply)).toMatchObject({ status: 0 });
      const after = await list();
      expect(after).toHaveLength(600);
      // What was done stays as it is: nothing is made twice.
      expect(after.map(({ metadata }) => metadata.uid)).toEqual(expect.arrayContaining(before));
      expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);
    });

    it('by its own end converges when it is run again', async () => {
      content.declare(many(600, 'a'));
      const running = content.start(apply);
      const ended = once(running, 'exit');
      await untilThere(100);
      running.kill('SIGKILL');
      await ended;
      const before = (await list()).map(({ metadata }) => metadata.uid);
      expect(before.length).toBeLessThan(600);
      content.declare([...many(600, 'b').slice(50)]);
      const again = content.opsctl(`${apply} --allow-deletes 100 --lock-timeout 60s`);
      expect(again).toMatchObject({ status: 0 });
      const after = await list();
      expect(after).toHaveLength(550);
      expect(new Set(after.map(({ data }) => data.value))).toEqual(new Set(['b']));
      const kept = before.filter((uid) => after.some(({ metadata }) => metadata.uid === uid));
      expect(kept.length).toBeGreaterThan(before.length - 51);
      expect(content.opsctl('plan --detailed-exitcode').status).toBe(0);
    });

    it('by a server that is busy waits as long as that says, and gives up in the end', async () => {
      let refusals = 2;
      const asked: number[] = [];
      // Stands before the real server, and is busy with every change for as long as it is told to be.
      const busy = createServer(await certificate(), (incoming, answer) => {
        const isChange = incoming.method === 'PATCH';
        if (isChange) asked.push(Date.now());
        if (isChange && refusals > 0) {
          refusals -= 1;
          const body = JSON.stringify({ kind: 'Status', status: 'Failure', reason: 'TooManyRequests', code: 429 });
          incoming.resume();
          answer.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' }).end(body);
          return;
        }
        const passed = requestTls(`${cluster().url}${incoming.url}`, {
          method: incoming.method ?? 'GET',
          headers: incoming.headers,
          rejectUnauthorized: false,
        });
        passed.once('response', (back) => {
          answer.writeHead(back.statusCode ?? 0, back.headers);
          back.pipe(answer);
        });
        incoming.pipe(passed);
      });
      busy.listen(0, '127.0.0.1');
      await once(busy, 'listening');
      try {
        const { port } = busy.address() as AddressInfo;
        const config = JSON.parse(cluster().kubeconfig('admin'));
        config.clusters[0].cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
        writeFileSync(join(content.folder, 'kubeconfig'), JSON.stringify(config));
        content.bind({ kubeconfig: 'kubeconfig', timeoutMs: 3000 });
        content.declare(many(1, 'a'));
        expect(await run(content, apply)).toMatchObject({ status: 0 });
        const [first = 0, second = 0, third = 0] = asked;
        expect(asked).toHaveLength(3);
        expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(990);

        refusals = Number.POSITIVE_INFINITY;
        content.declare(many(1, 'b'));
        const refused = await run(content, apply);
        expect(refused.status).toBe(1);
        expect(codesOf(refused)).toContain('kubernetes/overloaded');
      } finally {
        busy.closeAllConnections();
        busy.close();
      }
    });

    it('is refused by another cluster than the plan was made for, or than was applied to', async () => {
      content.declare(many(1, 'a'));
      const system = '/api/v1/namespaces/kube-system';
      const { uid } = (await cluster().call('GET', system)).body.metadata;
      // The same server under another uid, where what is in the namespace is not.
      const other = createServer(await certificate(), (incoming, answer) => {
        const path = incoming.url?.replace(`/namespaces/${namespace}/`, '/namespaces/default/') ?? '';
        const passed = requestTls(`${cluster().url}${path}`, {
          method: incoming.method ?? 'GET',
          headers: { ...incoming.headers, 'accept-encoding': 'identity' },
          rejectUnauthorized: false,
        });
        passed.once('response', (back) => {
          const parts: Buffer[] = [];
          back.on('data', (part: Buffer) => parts.push(part));
          back.once('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            answer.writeHead(back.statusCode ?? 0, { 'content-type': 'application/json' });
            answer.end(incoming.url === system ? text.replaceAll(uid, '00000000-0000-4000-8000-000000000000') : text);
          });
        });
        incoming.pipe(passed);
      });
      other.listen(0, '127.0.0.1');
      await once(other, 'listening');
      try {
        const { port } = other.address() as AddressInfo;
        const config = JSON.parse(cluster().kubeconfig('admin'));
        writeFileSync(join(content.folder, 'kubeconfig'), cluster().kubeconfig('admin'));
        content.bind({ kubeconfig: 'kubeconfig' });
        expect(content.opsctl('plan --out plan.json').status).toBe(0);
        config.clusters[0].cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
        writeFileSync(join(content.folder, 'kubeconfig'), JSON.stringify(config));
        const refused = await run(content, 'apply plan.json --yes');
        expect(refused.status).toBe(5);
        expect(codesOf(refused)).toContain('engine/other-target');
        expect(await list()).toEqual([]);

        writeFileSync(join(content.folder, 'kubeconfig'), cluster().kubeconfig('admin'));
        expect(content.opsctl(apply).status).toBe(0);
        writeFileSync(join(content.folder, 'kubeconfig'), JSON.stringify(config));
        const moved = await run(content, apply);
        expect(moved.status).toBe(4);
        expect(moved.stdout + moved.stderr).toContain(
          `was applied to cluster ${uid} and is bound to cluster 00000000-0000-4000-8000-000000000000 now`,
        );
      } finally {
        other.closeAllConnections();
        other.close();
      }
    });

    /** As `opsctl` of the content, while servers of this process go on. */
    async function run(place: ClusterContent, words: string) {
      const child = place.start(words);
      const [stdout, stderr]: [string[], string[]] = [[], []];
      child.stdout?.on('data', (part: Buffer) => stdout.push(part.toString()));
      child.stderr?.on('data', (part: Buffer) => stderr.push(part.toString()));
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, stdout: stdout.join(''), stderr: stderr.join('') };
    }

    /** That of the API server itself: a proxy on the same machine has the same name. */
    async function certificate() {
      const folder = join(cluster().adminFile, '..', 'certificates');
      const { readFile } = await import('node:fs/promises');
      const [cert, key] = await Promise.all([
        readFile(join(folder, 'apiserver.crt')),
        readFile(join(folder, 'apiserver.key')),
      ]);
      return { cert, key };
    }
  },
);
