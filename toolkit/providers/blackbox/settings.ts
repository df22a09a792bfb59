import { checkSchema } from '../../host/check-program.ts';
import { type DirectorySettings, directorySchema, readDirectorySettings } from '../../host/file-set/index.ts';
import { type EndpointSettings, endpointSchema, readEndpointSettings } from '../../host/http/index.ts';
import type { JsonObject } from '../../model/index.ts';

export interface BlackboxSettings extends DirectorySettings, EndpointSettings {
  /** Path of the exporter itself, which checks its configuration; undefined looks on PATH. */
  readonly check: unknown;
}

export const bindingSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['directory'],
  properties: { ...directorySchema, ...endpointSchema, ...checkSchema },
};

export function readSettings(settings: JsonObject): BlackboxSettings {
  return { ...readDirectorySettings(settings), ...readEndpointSettings(settings), check: settings.check };
}
