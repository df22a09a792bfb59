/** Plain data of a manifest. */
export type ManifestValue = null | boolean | number | string | readonly ManifestValue[] | Manifest;

/** An object of the Kubernetes API as JSON: `apiVersion`, `kind`, `metadata` and what its kind has besides. */
export interface Manifest {
  readonly [field: string]: ManifestValue;
}

export function isMapping(value: ManifestValue | undefined): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a mapping; an empty one for anything else. */
export function mappingOf(value: ManifestValue | undefined): Manifest {
  return isMapping(value) ? value : {};
}

/** The value as a list; an empty one for anything else. */
export function listOf(value: ManifestValue | undefined): readonly ManifestValue[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text; an empty one for anything else. */
export function textOf(value: ManifestValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
