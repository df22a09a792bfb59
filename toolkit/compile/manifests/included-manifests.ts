import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import { decodeText } from '../../languages/text-encoding/index.ts';
import { namePattern } from '../address-pattern.ts';
import { manifestFileDiagnostics } from './diagnostics.ts';
import { type ManifestReading, readManifests } from './read-manifests.ts';

/** A pattern that a stack includes, and where it says so. */
export interface ManifestPattern {
  readonly pattern: string;
  readonly source: SourceSpan;
}

export const manifestFolder = 'stacks/manifests';

/** The objects of the files that some stack includes. Others may be half written, and nobody is told of them. */
export function includedManifests(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  patterns: readonly ManifestPattern[],
): ManifestReading {
  const known = files
    .filter(({ path }) => /\.ya?ml$/i.test(path))
    .map(({ path, bytes }) => ({ path, bytes, file: path.slice(manifestFolder.length + 1) }));
  const tests = patterns.map(({ pattern }) => namePattern(pattern));
  const included = known.filter(({ file }) => tests.some((isNamed) => isNamed(file)));
  const readings = included.map(({ path, bytes, file }) => readFile(bytes, path, file));
  const names = known.map(({ file }) => file);
  return {
    manifests: readings.flatMap((reading) => reading.manifests),
    diagnostics: [
      ...patterns.flatMap((pattern) => missing(pattern, names)),
      ...readings.flatMap((reading) => reading.diagnostics),
    ],
  };
}

function readFile(bytes: Uint8Array, path: string, file: string): ManifestReading {
  const decoded = decodeText(bytes, path);
  return decoded.kind === 'text'
    ? readManifests(decoded.text, path, file)
    : { manifests: [], diagnostics: [decoded.diagnostic] };
}

function missing({ pattern, source }: ManifestPattern, known: readonly string[]): readonly Diagnostic[] {
  if (known.some(namePattern(pattern))) return [];
  return [manifestFileDiagnostics.create('no-files', { pattern, known }, { position: source, found: pattern })];
}
