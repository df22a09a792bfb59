import type { Diagnostic } from '../diagnostics/index.ts';
import { type DashboardFile, isMapping, type LintInput, listOf, textOf } from '../lint/index.ts';
import { addressFields, type JsonObject, type JsonValue, jsonEquals, type Resource } from '../model/index.ts';
import { importDiagnostics } from './diagnostics.ts';
import { type Difference, type Imported, printIndex, type WrittenConstant } from './imported.ts';
import { constantName, createIdGiver, stemOf } from './names.ts';
import { printText } from './print-literal.ts';

/** Dashboards are looked at by people; what is larger was made by a machine for none. */
const limitMegabytes = 4;

/** Data source of a stack whose compiled dashboards are compared. */
export interface ComparedWith {
  /** What stands for an input that asks for a Prometheus. */
  readonly prometheusUid: string;
}

/** Dashboards of Grafana as content: the JSON is kept as it is, in a file beside its declaration. */
export function importDashboards(input: LintInput, compared: ComparedWith): Imported {
  const diagnostics: Diagnostic[] = [];
  const ids = createIdGiver();
  const uids = new Map<string, string>();
  const written = new Map<string, string>();
  const constants: WrittenConstant[] = [];
  const expected: ExpectedDashboard[] = [];
  const declared: string[] = [];
  for (const dashboard of input.dashboards) {
    const refusal = findRefusal(dashboard, uids);
    if (refusal !== null) {
      diagnostics.push(refusal);
      continue;
    }
    const { document, pointer, title, value } = dashboard;
    const wanted = stemOf(document.file);
    const id = ids.give(
      input.dashboards.filter((other) => other.document.file === document.file).length > 1 ? title : wanted,
      wanted,
    );
    diagnostics.push(...inputsLeft(dashboard));
    const constant = constantName(id, 'Dashboard');
    written.set(`${id}.json`, `${JSON.stringify(value, null, 2)}\n`);
    declared.push(printDeclaration(constant, id, title));
    constants.push({ name: constant, file: 'dashboards.ts' });
    expected.push({
      id,
      title,
      file: document.file,
      json: value as JsonObject,
      position: document.positionOf(pointer),
    });
  }
  if (constants.length > 0) {
    const imports = expected.map(
      ({ id }) => `import ${constantName(id, 'Json')} from './${id}.json' with { type: 'json' };\n`,
    );
    written.set(
      'dashboards.ts',
      `import { defineGrafanaDashboard } from 'opsctl';\n${imports.join('')}\n${declared.join('\n')}`,
    );
    written.set('index.ts', printIndex(constants, 'importedDashboards'));
  }
  return {
    files: written,
    constant: 'importedDashboards',
    count: expected.length,
    diagnostics,
    compare: (resources) => compareDashboards(expected, resources, compared),
  };
}

interface ExpectedDashboard {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly json: JsonObject;
  readonly position: Difference['position'];
}

function printDeclaration(constant: string, id: string, title: string): string {
  const comment = `/** ${title.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
  return `${title === '' ? '' : comment}export const ${constant} = defineGrafanaDashboard({ id: ${printText(id)}, json: ${constantName(id, 'Json')} });\n`;
}

function findRefusal(
  { document, pointer, title, uid, value }: DashboardFile,
  uids: Map<string, string>,
): Diagnostic | null {
  const what = `The dashboard ${title === '' ? document.file : title}`;
  const megabytes = JSON.stringify(value).length / 1e6;
  const start = document.keyPositionOf(pointer);
  if (megabytes > limitMegabytes) {
    const facts = { what, megabytes: megabytes.toFixed(1), limit: limitMegabytes };
    return importDiagnostics.create('too-large', facts, { position: start });
  }
  if (title.trim() === '') {
    return importDiagnostics.create(
      'not-carried',
      { what, because: 'it has no title, and Grafana loads no such file.' },
      { position: start },
    );
  }
  const first = uids.get(uid);
  if (uid === '' || first === undefined) {
    uids.set(uid, title);
    return null;
  }
  const because = `its uid ${uid} is that of ${first}, and Grafana would show one of them.`;
  return importDiagnostics.create(
    'not-carried',
    { what, because },
    { position: document.positionOf(`${pointer}/uid`) },
  );
}

/** Inputs of an export that somebody has to choose when importing it by hand. */
function inputsLeft({ document, pointer, title, value }: DashboardFile): readonly Diagnostic[] {
  return listOf(value.__inputs).flatMap((entry, index) => {
    if (!isMapping(entry)) return [];
    const { name, type, pluginId } = entry;
    const isFilled = type === 'constant' || (type === 'datasource' && pluginId === 'prometheus');
    if (isFilled) return [];
    const text = `The dashboard ${title} asks for ${textOf(pluginId) || textOf(type)} as ${textOf(name)}, which a stack has not: its panels will be empty.`;
    return [
      importDiagnostics.create('doubtful', { text }, { position: document.positionOf(`${pointer}/__inputs/${index}`) }),
    ];
  });
}

/** All that Grafana looks at: every panel, query, variable and place. It gives id and version itself. */
function compareDashboards(
  expected: readonly ExpectedDashboard[],
  resources: readonly Resource[],
  compared: ComparedWith,
): readonly Difference[] {
  const compiled = new Map(
    resources
      .filter(({ type }) => type === 'grafana-dashboard')
      .map(({ address, spec }) => [addressFields(address).name, spec.dashboard as JsonObject]),
  );
  return expected.flatMap(({ id, title, file, json, position }) => {
    const found = compiled.get(id);
    const what = `The dashboard ${title} of ${file}`;
    if (found === undefined) return [{ what, text: 'it is not compiled.', position }];
    const differing = differingFields(filledIn(json, compared), found);
    return differing.length === 0 ? [] : [{ what, text: `it differs in ${differing.join(', ')}.`, position }];
  });
}

const notCompared = ['__inputs', '__requires', '__elements', 'id', 'version', 'iteration'];

function differingFields(read: JsonObject, compiled: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(read), ...Object.keys(compiled)]);
  // One without a uid gets one.
  if (textOf(read.uid) === '') names.delete('uid');
  return [...names].filter((name) => !notCompared.includes(name) && !isSame(name, read[name], compiled[name]));
}

/** A panel that does not say where it is has the place that Grafana gives it. */
function isSame(name: string, read: JsonValue | undefined, compiled: JsonValue | undefined): boolean {
  if (name !== 'panels') return jsonEquals(read, compiled);
  const [before, after] = [read, compiled].map((list) => listOf(list as never).map(withoutUsualPlace));
  return jsonEquals(before as JsonValue, after as JsonValue);
}

const usual: JsonObject = { x: 0, y: 0, w: 6, h: 3 };

function withoutUsualPlace(panel: unknown): unknown {
  if (!isMapping(panel as never)) return panel;
  const { gridPos = {}, ...rest } = panel as JsonObject;
  const said = Object.entries(gridPos as JsonObject).filter(([name, value]) => usual[name] !== value);
  return { ...rest, gridPos: Object.fromEntries(said) };
}

/** As Grafana's own import fills it in: by the text, and not by walking the values as the compiler does. */
function filledIn(json: JsonObject, { prometheusUid }: ComparedWith): JsonObject {
  const inputs = listOf(json.__inputs as JsonValue as never).filter(isMapping);
  let text = JSON.stringify(json);
  for (const { name, type, pluginId, value } of inputs) {
    const stands = type === 'constant' ? textOf(value) : prometheusUid;
    const isFilled = type === 'constant' || (type === 'datasource' && pluginId === 'prometheus');
    if (isFilled) text = text.replaceAll(JSON.stringify(`\${${textOf(name)}}`), () => JSON.stringify(stands));
  }
  return JSON.parse(text) as JsonObject;
}
