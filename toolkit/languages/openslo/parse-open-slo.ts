import type { Diagnostic } from '../../diagnostics/index.ts';
import { parseYaml } from '../yaml/index.ts';
import type { OpenSloDocument, OpenSloMetadata, OtherDocument } from './documents.ts';
import { type FieldReader, fieldReader, isMapping, type ReadingPlace } from './field-reader.ts';
import { opensloDiagnostics } from './openslo-diagnostics.ts';
import { readSli, readSlo } from './read-spec.ts';

export interface ParsedOpenSlo {
  /** Those that are whole; of the others the diagnostics tell. */
  readonly documents: readonly OpenSloDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file of OpenSLO v1: one YAML document, or several between lines of three dashes. */
export function parseOpenSlo(text: string, file: string): ParsedOpenSlo {
  const read = documentTexts(text).map((part) => readDocument(part, file));
  return {
    documents: read.flatMap(({ document }) => document ?? []),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Each with as many empty lines before it as there were lines, so that positions are those of the file. */
function documentTexts(text: string): readonly string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const starts = [0, ...lines.flatMap((line, index) => (/^---(\s|$)/.test(line) ? [index + 1] : []))];
  return starts.flatMap((start, index) => {
    const end = (starts[index + 1] ?? lines.length + 1) - 1;
    const own = lines.slice(start, end);
    return own.every((line) => line.trim() === '' || line.startsWith('#'))
      ? []
      : [`${'\n'.repeat(start)}${own.join('\n')}\n`];
  });
}

interface ReadDocument {
  readonly document: OpenSloDocument | null;
  readonly diagnostics: readonly Diagnostic[];
}

const otherKinds: readonly string[] = [
  'DataSource',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
  'Service',
];

function readDocument(text: string, file: string): ReadDocument {
  const { value, positionOf, diagnostics } = parseYaml(text, file);
  if (value === undefined) return { document: null, diagnostics };
  const place: ReadingPlace = { positionOf, diagnostics: [...diagnostics] };
  const raw = isMapping(value) ? value : {};
  if (raw.apiVersion !== 'openslo/v1') {
    const found = JSON.stringify(raw.apiVersion) ?? 'missing';
    const position = positionOf('/apiVersion');
    return {
      document: null,
      diagnostics: [...diagnostics, opensloDiagnostics.create('other-version', { found }, { position })],
    };
  }
  const document = readKind(fieldReader(raw, '', 'The document', place), place);
  return { document: place.diagnostics.length > 0 ? null : document, diagnostics: place.diagnostics };
}

function readKind(root: FieldReader, place: ReadingPlace): OpenSloDocument | null {
  const kind = root.text('kind');
  const metadata = readMetadata(root);
  if (otherKinds.includes(kind)) return { kind: kind as OtherDocument['kind'], metadata };
  if (kind !== 'SLO' && kind !== 'SLI') {
    const position = place.positionOf('/kind');
    const facts = { found: JSON.stringify(kind), known: ['SLO', 'SLI', ...otherKinds] };
    place.diagnostics.push(opensloDiagnostics.create('unknown-kind', facts, { position }));
    return null;
  }
  const own = isMapping(root.raw.spec)
    ? fieldReader(root.raw.spec, '/spec', `The ${kind} ${metadata.name}`, place)
    : null;
  if (own === null) {
    root.lack('spec');
    return null;
  }
  if (kind === 'SLO') return { kind, metadata, spec: readSlo(own, readMetadata) };
  const spec = readSli(own);
  return spec === null ? null : { kind, metadata, spec };
}

function readMetadata(of: FieldReader): OpenSloMetadata {
  const metadata = of.mapping('metadata');
  if (metadata === null) return { name: '' };
  const name = metadata.text('name');
  const displayName = metadata.optionalText('displayName');
  return {
    name,
    ...(displayName === undefined ? {} : { displayName }),
    ...(metadata.has('annotations') ? { annotations: metadata.texts('annotations') } : {}),
  };
}
