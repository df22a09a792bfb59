import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeClusterContent } from '../../support/cluster-content.ts';
import { makeWorkplace, type Workplace } from '../../support/opsctl.ts';

const plain = makeWorkplace();
const clustered = makeClusterContent();
afterAll(() => {
  plain.remove();
  clustered.remove();
});

/** Modules that a run has loaded, by what Node notes of the code that it ran. */
function modulesOf({ opsctl }: Workplace, words: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'opsctl-loaded-'));
  try {
    opsctl(words, { NODE_V8_COVERAGE: folder });
    const notes = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return notes.flatMap(({ result }) => (result as readonly { url: string }[]).map(({ url }) => url));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ofClusters = (url: string) =>
  url.includes('@kubernetes/client-node') || /toolkit\/(providers|languages)\/kubernetes\/(?!binding-schema)/.test(url);

describe('what only clusters need', () => {
  it('is not loaded by a plan that has none', () => {
    expect(plain.opsctl('init').status).toBe(0);
    const modules = modulesOf(plain, 'plan');
    expect(modules.some((url) => url.includes('toolkit/providers/prometheus'))).toBe(true);
    expect(modules.filter(ofClusters)).toEqual([]);
  });

  it('is loaded by one that has, and judges what is declared also where nothing is bound', () => {
    clustered.declare([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', uid: 'x' } }]);
    const unbound = clustered.opsctl('validate');
    expect(unbound.status).toBe(3);
    expect(unbound.stdout + unbound.stderr).toContain('kubernetes/server-field');

    clustered.declare([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
    clustered.bind({ kubeconfig: 'nowhere' });
    const modules = modulesOf(clustered, 'plan');
    expect(modules.some((url) => url.includes('@kubernetes/client-node'))).toBe(true);
  });

  it('is told with the line that installs it, where it is not there', () => {
    const hook = `import { registerHooks } from 'node:module';
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@kubernetes/client-node') throw new Error('Cannot find package @kubernetes/client-node');
    return next(specifier, context);
  },
});`;
    clustered.declare([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
    clustered.bind({ kubeconfig: 'nowhere' });
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
    const { status, stdout, stderr } = clustered.opsctl('plan', env);
    expect(status).not.toBe(0);
    expect([...new Set((stdout + stderr).match(/\[[a-z]+\/[a-z-]+\]/g))]).toEqual(['[kubernetes/library-missing]']);
    expect(stdout + stderr).toContain('npm install @kubernetes/client-node@^2.0.0');
  });
});
