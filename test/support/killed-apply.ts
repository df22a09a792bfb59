import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DurableFiles, durableFiles } from '../../toolkit/host/durable-files.ts';
import { applyOnBench, planOnBench } from '../../toolkit/testing/apply-harness.ts';
import type { ObjectStore } from '../../toolkit/testing/memory-target.ts';
import { benchIn, createFolderStore, declared, type Staging } from '../engine/killed-scenario.ts';

/**
 * An apply that kills itself: `root staging reloadUrl moment manner`. The moment counts the durable steps, of the state
 * and of the target alike; the manner says whether the step is done before the death, not done, or done in part.
 */
const [root = '', staging = 'direct', reloadUrl = '', moment = '0', manner = 'before'] = process.argv.slice(2);
let steps = 0;

async function step<Result>(
  work: () => Promise<Result>,
  half: () => Promise<unknown> = async () => {},
): Promise<Result> {
  steps += 1;
  if (steps !== Number(moment)) return await work();
  if (manner === 'after') await work();
  if (manner === 'torn') await half();
  process.kill(process.pid, 'SIGKILL');
  return await new Promise<never>(() => {}); // The signal may take a moment to arrive.
}

const files: DurableFiles = {
  ...durableFiles,
  replace: (path, content) =>
    step(
      () => durableFiles.replace(path, content),
      () => tear(path, content),
    ),
  create: (path, content) =>
    step(
      () => durableFiles.create(path, content),
      () => tear(path, content),
    ),
  keepAs: (path, copy) => step(() => durableFiles.keepAs(path, copy)),
  remove: (path) => step(() => durableFiles.remove(path)),
  async openAppend(path, length) {
    const file = await step(() => durableFiles.openAppend(path, length));
    return {
      ...file,
      append: (text) =>
        step(
          () => file.append(text),
          () => file.append(text.slice(0, text.length / 2)),
        ),
      sync: () => step(() => file.sync()),
    };
  },
};

/** What a write that is cut off leaves: a temporary file with part of the content. */
async function tear(path: string, content: string | Uint8Array): Promise<void> {
  writeFileSync(join(path, '..', '.opsctl-0123456789abcdef.tmp'), content.slice(0, content.length / 2));
}

const objects = createFolderStore(join(root, 'objects'));
const store: ObjectStore = {
  ...objects,
  set: (place, spec) => step(() => objects.set(place, spec)),
  delete: (place) => step(() => objects.delete(place)),
};
const bench = benchIn(root, staging as Staging, reloadUrl, files, store);
const reload = globalThis.fetch;
globalThis.fetch = (...request) => step(() => reload(...request));

const { plan } = await planOnBench(bench, declared[1]);
// Slow machines are no faults here.
const timeouts = { readMs: 60_000, stageMs: 60_000, commitMs: 60_000 };
const result = await applyOnBench(bench, plan, { settings: { timeouts } });
console.log(JSON.stringify({ steps, diagnostics: result.diagnostics }));
