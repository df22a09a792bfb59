import { isMapping, type Manifest, type ManifestValue, mappingOf, textOf } from './manifest.ts';

/**
 * A Secret with its texts as `stringData`, as people write them; what is no text stays in `data`. Any other object as it
 * is. `encodeSecretData` is the way back.
 */
export function decodeSecretData(manifest: Manifest): Manifest {
  if (!isSecret(manifest) || !isMapping(manifest.data)) return manifest;
  const { data, stringData, ...others } = manifest;
  const entries = Object.entries(mappingOf(data)).map(([key, value]) => ({ key, value, text: decode(textOf(value)) }));
  const texts = entries.flatMap(({ key, text }) => (text === null ? [] : [[key, text] as const]));
  const binary = entries.flatMap(({ key, value, text }) => (text === null ? [[key, value] as const] : []));
  return {
    ...others,
    ...(binary.length === 0 ? {} : { data: Object.fromEntries(binary) }),
    ...(texts.length === 0 && stringData === undefined
      ? {}
      : // As the server has it: what stands in both is taken from the texts.
        { stringData: { ...Object.fromEntries(texts), ...mappingOf(stringData) } }),
  };
}

/**
 * `stringData` is a help for writers: the server makes `data` of it, and with server-side apply it would never take away
 * a key that is left out later. So it is made before it is sent.
 */
export function encodeSecretData(manifest: Manifest): Manifest {
  if (!isSecret(manifest) || manifest.stringData === undefined) return manifest;
  const { stringData, ...others } = manifest;
  const encoded = Object.entries(mappingOf(stringData)).map(([key, text]) => [key, encode(text)] as const);
  return { ...others, data: { ...mappingOf(others.data), ...Object.fromEntries(encoded) } };
}

export function isSecret({ apiVersion, kind }: Manifest): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

function encode(text: ManifestValue): string {
  return Buffer.from(String(text), 'utf8').toString('base64');
}

/** Null for bytes that are no text. */
function decode(base64: string): string | null {
  const bytes = Buffer.from(base64, 'base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
