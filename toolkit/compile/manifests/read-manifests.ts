import { type Diagnostic, pointerTo, type SourceSpan } from '../../diagnostics/index.ts';
import { type Manifest, mappingOf, textOf } from '../../languages/kubernetes/index.ts';
import { type ParsedYaml, parseYaml } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { manifestFileDiagnostics } from './diagnostics.ts';
import { findTemplate } from './find-template.ts';
import { findTwoMeanings } from './find-two-meanings.ts';
import { splitDocuments } from './split-documents.ts';

/** One object as it is written in a file. */
export interface WrittenManifest {
  /** Relative to `stacks/manifests/`. */
  readonly file: string;
  readonly manifest: JsonObject;
  readonly source: SourceSpan;
}

export interface ManifestReading {
  readonly manifests: readonly WrittenManifest[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The objects of one YAML file, in its order. */
export function readManifests(text: string, path: string, file: string): ManifestReading {
  const template = findTemplate(text, path);
  if (template !== null) return { manifests: [], diagnostics: [template] };
  const readings = splitDocuments(text).map((document) => readDocument(parseYaml(document, path), file));
  return {
    manifests: readings.flatMap(({ manifests }) => manifests),
    diagnostics: readings.flatMap(({ diagnostics }) => diagnostics),
  };
}

function readDocument(parsed: ParsedYaml, file: string): ManifestReading {
  if (parsed.value === undefined || parsed.diagnostics.length > 0)
    return { manifests: [], diagnostics: parsed.diagnostics };
  const value = parsed.value as JsonValue;
  const ambiguous = findTwoMeanings(parsed, value);
  const read = objectsIn(value, '').map(({ object, pointer }) => readObject(object, parsed.positionOf(pointer), file));
  return {
    manifests: read.flatMap((one) => ('manifest' in one ? [one] : [])),
    diagnostics: [...ambiguous, ...read.flatMap((one) => ('manifest' in one ? [] : [one]))],
  };
}

interface Found {
  readonly object: JsonValue;
  readonly pointer: string;
}

/** What `kubectl get` gives of several objects is a List; of one kind it may be called after that. */
function objectsIn(value: JsonValue, pointer: string): readonly Found[] {
  if (!isJsonObject(value) || !textOf(value.kind).endsWith('List') || !Array.isArray(value.items))
    return [{ object: value, pointer }];
  return value.items.flatMap((item: JsonValue, index) =>
    objectsIn(item, pointerTo(pointerTo(pointer, 'items'), String(index))),
  );
}

function readObject(value: JsonValue, source: SourceSpan, file: string): WrittenManifest | Diagnostic {
  const lacks = lackingIn(isJsonObject(value) ? value : {});
  if (lacks !== null) return manifestFileDiagnostics.create('no-object', { lacks }, { position: source });
  return { file, manifest: value as JsonObject, source };
}

function lackingIn(manifest: Manifest): string | null {
  if (textOf(manifest.apiVersion) === '') return 'apiVersion';
  if (textOf(manifest.kind) === '') return 'kind';
  return textOf(mappingOf(manifest.metadata).name) === '' ? 'metadata.name' : null;
}
