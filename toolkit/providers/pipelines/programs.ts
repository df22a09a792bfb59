import { type FileKind, fileNameOf, managedHeader } from '../../host/file-set/index.ts';
import { printYaml, readYamlMapping } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonObject } from '../../model/index.ts';

/** A program that carries out pipelines, as far as its files and its checker differ from those of the others. */
export interface PipelineProgram {
  /** Of the provider, and of the target. */
  readonly name: string;
  /** In messages. */
  readonly title: string;
  readonly kind: FileKind<JsonObject>;
  /** Files and folders of the directory that are its own. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Behind "not loaded: ". */
  readonly loadsWhen: string;
  readonly checkers: readonly string[];
  /** How a directory is judged; `folder` is a private one for what the checker leaves. */
  readonly check: (folder: string) => readonly string[];
  readonly readyPath: string;
  /** Metric with its version, in a label `version`. */
  readonly buildInfo: string;
}

const programsFolder = 'programs';

/** Text as it is: to mtail a program is no data. */
const mtailKind: FileKind<JsonObject> = {
  type: 'mtail-program',
  path: ({ name }) => `${programsFolder}/${fileNameOf(String(name))}.mtail`,
  print: ({ program }) => `${managedHeader}${String(program)}`,
  parse: (text, { name }) => ({
    state: 'present',
    spec: { name: name ?? null, program: text.startsWith(managedHeader) ? text.slice(managedHeader.length) : text },
  }),
  identity: ({ name }) => ({ name: name ?? null }),
};

function yamlKind(type: string, file: string): FileKind<JsonObject> {
  return {
    type,
    path: () => file,
    print: ({ config }) => managedHeader + printYaml(isJsonObject(config) ? config : {}),
    parse(text) {
      const read = readYamlMapping(text, file);
      if (read.kind === 'unreadable') return { state: 'malformed', reason: read.reason, spec: {} };
      return { state: 'present', spec: { config: read.value } };
    },
    identity: () => ({}),
  };
}

export const pipelinePrograms: readonly PipelineProgram[] = [
  {
    name: 'mtail',
    title: 'mtail',
    kind: mtailKind,
    files: [],
    folders: [programsFolder],
    loadsWhen: 'mtail reads its programs when it starts and on SIGHUP, so send it that',
    checkers: ['mtail'],
    // It listens even for a check, and its port may be that of the one that runs.
    check: (folder) => [
      '--compile_only',
      '--progs',
      programsFolder,
      '--unix_socket',
      `${folder}/s`,
      '--log_dir',
      folder,
    ],
    readyPath: '/metrics',
    buildInfo: 'mtail_build_info',
  },
  {
    name: 'vector',
    title: 'Vector',
    kind: yamlKind('vector-config', 'vector.yaml'),
    files: ['vector.yaml'],
    folders: [],
    loadsWhen: 'Vector reads vector.yaml when it starts, on SIGHUP, and by itself with --watch-config',
    checkers: ['vector'],
    check: () => ['validate', '--no-environment', 'vector.yaml'],
    readyPath: '/metrics',
    buildInfo: 'vector_build_info',
  },
  {
    name: 'otelcol',
    title: 'OpenTelemetry Collector',
    kind: yamlKind('otelcol-config', 'otelcol.yaml'),
    files: ['otelcol.yaml'],
    folders: [],
    loadsWhen: 'the collector reads otelcol.yaml when it starts and on SIGHUP, so send it that',
    checkers: ['otelcol-contrib', 'otelcol'],
    check: () => ['validate', '--config=otelcol.yaml'],
    readyPath: '/metrics',
    buildInfo: 'otelcol_build_info',
  },
];
