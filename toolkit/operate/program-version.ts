import { readFileSync } from 'node:fs';

/** Version of this program, from the package that it runs from: a clone's or the installed one's. */
export const programVersion: string = readVersion();

function readVersion(): string {
  const candidates = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url));
  for (const candidate of candidates) {
    const manifest = parseManifest(candidate);
    if (manifest?.name === 'opsctl') return manifest.version;
  }
  throw new Error('Bug: the package.json of opsctl is not where its code is.');
}

function parseManifest(file: URL): { readonly name: string; readonly version: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string };
  } catch {
    return null;
  }
}
