import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { programsFolder } from '../toolkit/host/unpacked-programs.ts';
import { findProgram, installPrograms, libraryFolders } from './programs.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opsctl-programs-'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe('findProgram', () => {
  it.each([
    { name: "the maker's name", command: 'blackbox_exporter' },
    { name: "Debian's name", command: 'prometheus-blackbox-exporter' },
  ])('finds a program on PATH by $name', ({ command }) => {
    const path = touch(join(folder, 'bin', command));
    expect(findProgram('prometheus-blackbox-exporter')).toBe(path);
  });

  it('prefers the program on PATH to the private copy', () => {
    const unpacked = touch(join(programsFolder(), 'prometheus', 'usr/bin/promtool'));
    expect(findProgram('promtool')).toBe(unpacked);
    const onPath = touch(join(folder, 'bin', 'promtool'));
    expect(findProgram('promtool')).toBe(onPath);
  });

  it('finds nothing where there is nothing', () => {
    expect(findProgram('amtool')).toBeUndefined();
  });
});

describe('libraryFolders', () => {
  it('has the folders of the libraries that came with a private copy, and of no others', () => {
    const library = touch(join(programsFolder(), 'libjemalloc2', 'usr/lib/x86_64-linux-gnu', 'libjemalloc.so.2'));
    touch(join(programsFolder(), 'libaio1', 'usr/lib/x86_64-linux-gnu', 'libaio.so.1'));
    expect(libraryFolders(['redis-server'])).toEqual([dirname(library)]);
  });

  it('is empty where the libraries are those of the machine', () => {
    expect(libraryFolders(['redis-server', 'nginx'])).toEqual([]);
  });
});

describe('installPrograms', () => {
  it('fetches nothing when all programs are there', async () => {
    const path = touch(join(folder, 'bin', 'amtool'));
    const report = vi.fn();
    const installation = await installPrograms(['amtool'], report);
    expect(installation).toEqual({ paths: new Map([['amtool', path]]), missing: [], reason: '' });
    expect(report).not.toHaveBeenCalled();
  });

  it('says what is missing, why, and what to install', async () => {
    // With no apt-get on this PATH the fetch cannot begin.
    const { missing, reason } = await installPrograms(['promtool', 'amtool'], () => {});
    expect(missing).toEqual(['promtool', 'amtool']);
    expect(reason).toMatch(
      /^Not on PATH: promtool, amtool\. .+ Install Prometheus, Alertmanager and put .+ on PATH\.$/,
    );
  });
});

function touch(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '', { mode: 0o755 });
  return path;
}
