import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadStack } from '../../toolkit/engine/state/load-stack.ts';
import { applyOnBench, planOnBench } from '../../toolkit/testing/apply-harness.ts';
import { testTypes } from '../../toolkit/testing/arbitraries.ts';
import { placeOf, testSecret } from '../../toolkit/testing/memory-target.ts';
import { benchIn, createFolderStore, declared, type Staging } from './killed-scenario.ts';

const script = join(import.meta.dirname, '../support/killed-apply.ts');
const folder = mkdtempSync(join(tmpdir(), 'opsctl-kill-'));
const patience = { settings: { timeouts: { readMs: 60_000, stageMs: 60_000, commitMs: 60_000 } } };
/** What each root had in its target when its reload was last asked for. */
const loaded = new Map<string, Readonly<Record<string, unknown>>>();
let reloadUrl = '';

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const root = Buffer.concat(chunks).toString('utf8');
  loaded.set(root, await contentOf(root));
  response.end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  reloadUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/reload`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe.each(['direct', 'deferred'] as const)('an apply to a target that makes changes %s', (staging) => {
  it.each(['before', 'torn', 'after'] as const)(
    'killed %s any of its durable steps and run again, converges with nothing lost and nothing doubled',
    async (manner) => {
      const baseline = await prepare(staging);
      const steps = await countSteps(baseline, staging);
      expect(steps).toBeGreaterThanOrEqual(35);
      for (let moment = 1; moment <= steps; moment += 1) {
        const root = copyOf(baseline, `${staging}-${manner}-${moment}`);
        expect({ moment, ...(await runKilled(root, staging, moment, manner)) }).toMatchObject({
          moment,
          signal: 'SIGKILL',
        });
        await expectNothingLost(root, staging, moment);
        await expectConverged(root, staging, moment);
        rmSync(root, { recursive: true });
      }
    },
    900_000,
  );
});

async function prepare(staging: Staging): Promise<string> {
  const root = mkdtempSync(join(folder, 'baseline-'));
  const bench = benchIn(root, staging, reloadUrl);
  const { plan } = await planOnBench(bench, declared[0]);
  const result = await applyOnBench(bench, plan, patience);
  expect(result.diagnostics).toEqual([]);
  return root;
}

function copyOf(baseline: string, name: string): string {
  const root = join(folder, name);
  cpSync(baseline, root, { recursive: true });
  return root;
}

async function countSteps(baseline: string, staging: Staging): Promise<number> {
  const root = copyOf(baseline, `${staging}-count`);
  const { output } = await runKilled(root, staging, 0, 'before');
  rmSync(root, { recursive: true });
  return JSON.parse(output).steps;
}

function runKilled(root: string, staging: Staging, moment: number, manner: string) {
  const child = spawn(process.execPath, [script, root, staging, reloadUrl, String(moment), manner]);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise<{ readonly signal: string | null; readonly output: string }>((resolve) => {
    child.on('close', (_, signal) => resolve({ signal, output }));
  });
}

async function expectNothingLost(root: string, staging: Staging, moment: number): Promise<void> {
  const bench = benchIn(root, staging, reloadUrl);
  const known = new Set<string>();
  for (const stack of bench.stacks) {
    const result = await loadStack(bench.backend.open({ environment: 'test', stack }));
    expect({ moment, result }).toMatchObject({ moment, result: { ok: true } });
    if (!result.ok) return;
    const { record, uncertain } = result.loaded;
    const intents = [...uncertain.values()].flatMap(({ intended }) => intended ?? []);
    for (const resource of [...record.resources.values(), ...intents]) known.add(placeOf(resource, testTypes));
  }
  const lost = (await bench.store.places()).filter((place) => !known.has(place));
  expect({ moment, lost }).toEqual({ moment, lost: [] });
}

async function expectConverged(root: string, staging: Staging, moment: number): Promise<void> {
  const bench = benchIn(root, staging, reloadUrl);
  const { plan, diagnostics } = await planOnBench(bench, declared[1]);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect({ moment, errors }).toEqual({ moment, errors: [] });
  const result = await applyOnBench(bench, plan, patience);
  expect({ moment, diagnostics: result.diagnostics }).toEqual({ moment, diagnostics: [] });
  const again = await planOnBench(bench, declared[1]);
  expect({ moment, changes: again.plan.changes, uncommitted: again.plan.uncommitted }).toEqual({
    moment,
    changes: [],
    uncommitted: [],
  });
  const expected = Object.fromEntries(
    declared[1].map((resource) => [
      placeOf(resource, testTypes),
      { ...resource.spec, tags: [], token: testSecret('env:TOKEN') },
    ]),
  );
  expect({ moment, content: await contentOf(root) }).toEqual({ moment, content: expected });
  // What is in the folder is of no use before it is loaded.
  expect({ moment, loaded: loaded.get(root) }).toEqual({ moment, loaded: expected });
}

async function contentOf(root: string): Promise<Readonly<Record<string, unknown>>> {
  const store = createFolderStore(join(root, 'objects'));
  const places = await store.places();
  return Object.fromEntries(await Promise.all(places.map(async (place) => [place, await store.get(place)] as const)));
}
