import { checkSchema } from '../../host/check-program.ts';
import { type DirectorySettings, directorySchema, readDirectorySettings } from '../../host/file-set/index.ts';
import { type EndpointSettings, endpointSchema, readEndpointSettings } from '../../host/http/index.ts';
import type { JsonObject } from '../../model/index.ts';

export interface ExporterSettings extends DirectorySettings, EndpointSettings {
  /** Path of the exporter itself, which checks its configuration; undefined looks on PATH. */
  readonly check: unknown;
  /** Which form of its file the exporter reads. */
  readonly layout: FileLayout;
}

/** `separate`: `auths:` and `modules:`, since snmp_exporter 0.23. `joined`: before, modules with their access in them. */
export type FileLayout = 'separate' | 'joined';

const versionSchema = {
  version: {
    type: 'string',
    pattern: '^\\d+\\.\\d+(\\.\\d+)?$',
    description:
      'Version of the exporter, such as "0.21". Its file had another form before 0.23; a later one is meant by default.',
  },
} as const;

export function schemaOf(hasLayouts: boolean): JsonObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['directory'],
    properties: { ...directorySchema, ...endpointSchema, ...checkSchema, ...(hasLayouts ? versionSchema : {}) },
  };
}

export function readSettings(settings: JsonObject): ExporterSettings {
  return {
    ...readDirectorySettings(settings),
    ...readEndpointSettings(settings),
    check: settings.check,
    layout: layoutOf(settings.version),
  };
}

function layoutOf(version: unknown): FileLayout {
  if (typeof version !== 'string') return 'separate';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 0 && minor < 23 ? 'joined' : 'separate';
}
