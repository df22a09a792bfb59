import { directorySchema, fileNameOf, openFileSession, readDirectorySettings } from '../../host/file-set/index.ts';
import {
  type Address,
  type JsonObject,
  type Provider,
  type ProviderContext,
  type ProviderSession,
  putBackReferences,
  secretReferencesIn,
  type TargetBinding,
} from '../../model/index.ts';
import { cmdbRecordKind, validateCmdbRecord } from './cmdb-record.ts';
import { fileKind, validateFile } from './file.ts';

/** Any directory. Files have nothing to reload, so a commit is a set of renames. */
export const filesProvider: Provider = {
  name: 'files',
  resourceTypes: [
    // Another place is another object: written anew, and the former one removed, in one commit.
    { type: fileKind.type, canonical: (spec) => spec, replaceOn: ['/path'] },
    { type: cmdbRecordKind.type, canonical: (spec) => spec, replaceOn: ['/item'] },
  ],
  bindingSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['directory'],
    properties: directorySchema,
  },
  validate: (resource) => (resource.type === fileKind.type ? validateFile(resource) : validateCmdbRecord(resource)),
  open,
};

function open(binding: TargetBinding, context: ProviderContext): ProviderSession {
  const { directory, mode } = readDirectorySettings(binding.settings);
  return openFileSession<Address, JsonObject>({
    directory,
    kinds: [fileKind, cmdbRecordKind],
    activation: {},
    mode,
    holdsSecrets: (spec) => secretReferencesIn(spec).length > 0,
    complete: (observed, known) => putBackReferences(observed, known, context.resolveSecret),
    ownFolders: [''],
    recognise: () => null,
    // Without its content: an unmanaged file may be large, or hold what no plan should show.
    foreign: (path) => ({ type: 'file', name: fileNameOf(path.replaceAll('/', '-')), spec: { path } }),
  });
}
