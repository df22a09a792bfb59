import type { Diagnostic } from '../diagnostics/index.ts';
import type { YamlMapping, YamlValue } from '../languages/yaml/index.ts';
import { type AlertmanagerFile, type ForeignFile, isMapping, type LintInput, listOf, textOf } from '../lint/index.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { placeComments } from './comments.ts';
import { compareRouting } from './compare-routing.ts';
import { importDiagnostics } from './diagnostics.ts';
import { type FoundSecret, withoutSecrets } from './find-secrets.ts';
import { type WithDefaults, withGlobalDefaults } from './global-defaults.ts';
import { type Imported, printIndex } from './imported.ts';
import { constantName, originOf, slug, stemOf } from './names.ts';
import { printComments, printLiteral, printText } from './print-literal.ts';

/** Template files that a configuration names, read by whoever has the disk. */
export type TemplatesOf = (patterns: readonly string[], file: string) => readonly ForeignFile[];

/** One configuration of Alertmanager as content. */
export function importRouting(files: readonly ForeignFile[], input: LintInput, templatesOf: TemplatesOf): Imported {
  const [file, ...more] = input.alertmanagers;
  const diagnostics: Diagnostic[] = more.map(({ document, pointer }) => {
    const facts = {
      what: `The configuration ${document.file}`,
      because: 'one is imported at a time, as a stack has one Alertmanager.',
    };
    return importDiagnostics.create('not-carried', facts, { position: document.keyPositionOf(pointer) });
  });
  const nothing = { files: new Map(), constant: 'importedRouting', count: 0, diagnostics, compare: () => [] };
  if (file === undefined) return nothing;
  const refused = file.findings.filter(({ weight }) => weight === 'refused');
  if (refused.length > 0) {
    const what = `The configuration ${file.document.file}`;
    const told = refused.map(({ pointer, text, at }) => {
      const place = file.pointer + pointer;
      const position = at === 'key' ? file.document.keyPositionOf(place) : file.document.positionOf(place);
      return importDiagnostics.create(
        'not-carried',
        { what, because: `Alertmanager refuses it. ${text}` },
        { position },
      );
    });
    return { ...nothing, diagnostics: [...diagnostics, ...told] };
  }
  const converted = convert(file, templatesOf);
  const text = files.find(({ path }) => path === file.document.file)?.text ?? '';
  const printed = printRouting(file, converted, text);
  const name = constantName(converted.id, 'Routing');
  const written = `${converted.id}.ts`;
  return {
    files: new Map([
      [written, printed.text],
      ['index.ts', printIndex([{ name, file: written }], 'importedRouting')],
    ]),
    constant: 'importedRouting',
    count: file.config.receivers.length,
    diagnostics: [...diagnostics, ...findingsOf(file, converted), ...printed.diagnostics],
    compare: (resources) => compareRouting({ file, receivers: converted.receivers }, resources),
  };
}

interface Converted {
  readonly id: string;
  readonly receivers: readonly JsonObject[];
  readonly secrets: readonly FoundSecret[];
  readonly defaults: WithDefaults;
  readonly templates: readonly ForeignFile[];
  readonly templatePatterns: readonly string[];
}

function convert({ document, value }: AlertmanagerFile, templatesOf: TemplatesOf): Converted {
  const global = isMapping(value.global) ? (value.global as JsonObject) : {};
  const receivers = listOf(value.receivers).filter(isMapping) as readonly JsonObject[];
  const defaults = withGlobalDefaults(receivers, global);
  const templatePatterns = listOf(value.templates).map(textOf);
  return {
    id: stemOf(document.file),
    ...withoutSecrets(defaults.receivers),
    defaults,
    templates: templatesOf(templatePatterns, document.file),
    templatePatterns,
  };
}

function findingsOf(file: AlertmanagerFile, converted: Converted): readonly Diagnostic[] {
  const { document, pointer, value } = file;
  const { secrets, defaults, templates, templatePatterns } = converted;
  const what = `The configuration ${document.file}`;
  const isLeft = (name: string, global: YamlMapping) =>
    !defaults.used.has(name) && !(name === 'resolve_timeout' && global[name] === '5m');
  const left = isMapping(value.global)
    ? Object.keys(value.global).filter((name) => isLeft(name, value.global as YamlMapping))
    : [];
  const unread = templatePatterns.length > 0 && templates.length === 0;
  return [
    ...left.map((field) => {
      const because =
        field === 'resolve_timeout'
          ? 'a stack has one of five minutes, and Prometheus sends its own.'
          : 'no receiver uses it.';
      return importDiagnostics.create(
        'field-not-carried',
        { what, field, because },
        { position: document.keyPositionOf(`${pointer}/global/${field}`) },
      );
    }),
    ...['tracing', 'event_recorder']
      .filter((field) => field in value)
      .map((field) => {
        const because = 'it is about the program and not about routing.';
        return importDiagnostics.create(
          'field-not-carried',
          { what, field, because },
          { position: document.keyPositionOf(`${pointer}/${field}`) },
        );
      }),
    ...(unread
      ? [
          importDiagnostics.create(
            'field-not-carried',
            { what, field: 'templates', because: `no file is called ${templatePatterns.join(', ')} here.` },
            { position: document.positionOf(`${pointer}/templates`) },
          ),
        ]
      : []),
    ...setOnce(secrets).map(({ pointer: at, field, variable }) => {
      const origin = defaults.origins.get(at);
      const place = origin === undefined ? `${pointer}/receivers${at}` : `${pointer}/global/${origin}`;
      const facts = { field: origin ?? field, place: `env:${variable}` };
      return importDiagnostics.create('secret', facts, { position: document.positionOf(place) });
    }),
  ];
}

/** A mail password that ten receivers use is one secret. */
function setOnce(secrets: readonly FoundSecret[]): readonly FoundSecret[] {
  return [...new Map(secrets.toReversed().map((secret) => [secret.variable, secret])).values()].reverse();
}

const sections = [
  ['route', 'route'],
  ['receivers', 'receivers'],
  ['inhibit_rules', 'inhibitRules'],
  ['time_intervals', 'timeIntervals'],
  ['mute_time_intervals', 'timeIntervals'],
] as const;

function printRouting(
  file: AlertmanagerFile,
  { id, receivers, secrets, templates }: Converted,
  text: string,
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } {
  const { document, pointer, value } = file;
  const values = secrets.map((secret) => secret.value);
  const mayKeep = (comment: string) => !looksSecret.test(comment) && !values.some((secret) => comment.includes(secret));
  const comments = placeComments(text, [{ document, pointer, value: value as YamlValue }], mayKeep);
  const commentsAt = (at: string) => comments.at(document, at);
  const intervals = [...listOf(value.time_intervals), ...listOf(value.mute_time_intervals)];
  const printed = sections.flatMap(([section, field]) => {
    const at = `${pointer}/${section}`;
    const lists = section === 'receivers' ? receivers : listOf(value[section]);
    const held = section === 'route' ? value.route : lists;
    // The older section stands with the newer one.
    const isSecond = section === 'mute_time_intervals' && listOf(value.time_intervals).length > 0;
    if (isSecond || (Array.isArray(held) && held.length === 0)) return [];
    const all = field === 'timeIntervals' ? intervals : held;
    const literal = printLiteral(all as JsonValue, { commentsAt }, 2, at);
    return [`${printComments(commentsAt(at), '  ')}  ${field}: ${literal},\n`];
  });
  const held = templates.map(
    ({ path, text: said }) => `    { name: ${printText(slug(stemOf(path)))}, text: ${printText(said)} },\n`,
  );
  if (held.length > 0) printed.push(`  templates: [\n${held.join('')}  ],\n`);
  const last = comments.last.length === 0 ? '' : `\n${printComments(comments.last)}`;
  const head = `${printComments(commentsAt(pointer))}${printComments(commentsAt(`${pointer}/global`))}`;
  return {
    text: `import { defineRouting } from 'opsctl';\n\n${head === '' ? originOf(document.file) : head}export const ${constantName(id, 'Routing')} = defineRouting({\n  id: ${printText(id)},\n${printed.join('')}});\n${last}`,
    diagnostics: comments.dropped.map((position) => importDiagnostics.create('comment-dropped', {}, { position })),
  };
}

/** A setting that was commented out, mostly. */
const looksSecret =
  /(?:password|passwd|secret|token|api_?key|api_url|routing_key|service_key|webhook_url|credentials)\s*[:=]|https?:\/\/[^\s/]*hooks?\./i;
