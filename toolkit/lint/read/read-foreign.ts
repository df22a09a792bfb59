import { compareSpans, type Diagnostic } from '../../diagnostics/index.ts';
import type { AlertmanagerRelease } from '../../languages/alert-routing/index.ts';
import type { YamlValue } from '../../languages/yaml/index.ts';
import { emptyInput, type LintDocument } from '../lint-input.ts';
import { lintReadingDiagnostics } from './diagnostics.ts';
import { embeddedDocument } from './embedded-document.ts';
import { parseJson } from './json-document.ts';
import { type Recognised, recognise, together } from './recognise.ts';
import { readYamlDocuments } from './yaml-document.ts';

/** A text file that somebody else may have written. */
export interface ForeignFile {
  readonly path: string;
  readonly text: string;
}

/** Reads rule files, configurations and dashboards from any files; what is none of these is passed over. */
export function readForeign(files: readonly ForeignFile[], release: AlertmanagerRelease): Recognised {
  return together(files.map((file) => readFile(file, release)));
}

function readFile(file: ForeignFile, release: AlertmanagerRelease): Recognised {
  const recogniseIn = recogniser(release);
  if (!isJson(file.text)) return readYaml(file, recogniseIn);
  const parsed = parseJson(file.text, file.path);
  if (parsed.kind === 'parsed') return recogniseIn(parsed.document, parsed.value);
  // A mapping in braces is YAML as well.
  if (!file.path.endsWith('.json')) return readYaml(file, recogniseIn);
  if (!/"(?:panels|rows|groups|receivers)"\s*:/.test(file.text)) return nothing;
  const { reason, position } = parsed;
  return { ...nothing, diagnostics: [lintReadingDiagnostics.create('json-syntax', { reason }, { position })] };
}

const nothing: Recognised = { input: emptyInput, diagnostics: [] };

type RecogniseIn = (document: LintDocument, value: YamlValue | undefined) => Recognised;

/** What lies in a text inside a document is recognised as well, with the places of the outer one. */
function recogniser(release: AlertmanagerRelease): RecogniseIn {
  const recogniseIn: RecogniseIn = (document, value) =>
    recognise(document, value, release, (text, outer, pointer) =>
      together(
        valuesIn(text, outer.file).map((inner) =>
          recogniseIn(embeddedDocument(outer, pointer, inner.document), inner.value),
        ),
      ),
    );
  return recogniseIn;
}

interface InnerValue {
  readonly document: LintDocument;
  readonly value: YamlValue | undefined;
}

function valuesIn(text: string, name: string): readonly InnerValue[] {
  if (!isJson(text)) return readYamlDocuments(text, name);
  const parsed = parseJson(text, name);
  return parsed.kind === 'parsed' ? [parsed] : [];
}

function isJson(text: string): boolean {
  return /^\ufeff?\s*[[{]/.test(text);
}

/** What looks like nothing of ours is not even read: a repository has many YAML files of other programs. */
const ofInterest = /^[\s-]*["']?(?:groups|route|scrape_configs|panels|rows|data|endsAt|targets)["']?\s*:/m;

function readYaml({ path, text }: ForeignFile, recogniseIn: RecogniseIn): Recognised {
  if (!ofInterest.test(text)) return nothing;
  const isOurs = /^\s*(?:-\s+)?["']?(?:alert|record|route|scrape_configs)["']?\s*:|^groups:/m.test(text);
  const documents = readYamlDocuments(text, path);
  const isBroken = documents.some(({ value }) => value === undefined);
  if (isBroken && templateLine.test(text)) return { ...nothing, diagnostics: isOurs ? [templateFile(path, text)] : [] };
  return together(
    documents.map(({ value, document, diagnostics }) => {
      const found = recogniseIn(document, value);
      return {
        input: found.input,
        diagnostics: [...(isOurs ? firstOf(value, diagnostics) : []), ...found.diagnostics],
      };
    }),
  );
}

/** Of a document that cannot be read, what comes after the first error follows from it mostly. */
function firstOf(value: YamlValue | undefined, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return value === undefined
    ? [...diagnostics].sort((a, b) => compareSpans(a.position, b.position)).slice(0, 1)
    : diagnostics;
}

/** A line that is nothing but an action of a template: Helm and others make YAML of it first. */
const templateLine = /^[ \t]*\{\{-?[^}]*\}\}[ \t]*$/m;

function templateFile(path: string, text: string): Diagnostic {
  const line = text.slice(0, text.search(templateLine)).split('\n').length;
  return lintReadingDiagnostics.create('template-file', { path }, { position: { file: path, line, column: 1 } });
}
