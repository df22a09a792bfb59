/** A program and the versions of it that a class was written for, as a class says it: `node_exporter >=1.3 <2`. */
export interface ProgramRange {
  readonly program: string;
  readonly bounds: readonly VersionBound[];
}

export interface VersionBound {
  readonly operator: '>=' | '>' | '<=' | '<' | '=';
  readonly version: string;
}

export function parseProgramRange(text: string): ProgramRange {
  const [program = '', ...rest] = text.trim().split(/\s+/);
  const bounds = rest.join(' ').matchAll(/(>=|<=|>|<|=)\s*v?(\d+(?:\.\d+)*)/g);
  return {
    program,
    bounds: [...bounds].map(([, operator, version]) => ({
      operator: operator as VersionBound['operator'],
      version: version ?? '',
    })),
  };
}

/** Null: what the program calls its version is no version, such as `(devel)` or a commit. */
export function isWithin(version: string, bounds: readonly VersionBound[]): boolean | null {
  if (versionParts(version) === null) return null;
  return bounds.every((bound) => holds(compareVersions(version, bound.version), bound.operator));
}

/** Below zero: the first is older. What follows the numbers (`-rc1`, `+ds-2+b1`) is a build, not another version. */
export function compareVersions(left: string, right: string): number {
  const [first, second] = [versionParts(left) ?? [], versionParts(right) ?? []];
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const difference = (first[index] ?? 0) - (second[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function printBounds(bounds: readonly VersionBound[]): string {
  return bounds.map(({ operator, version }) => `${operator}${version}`).join(' ');
}

/** Debian writes an epoch before the version, and others a `v`. */
function versionParts(version: string): readonly number[] | null {
  const found = /^(?:\d+:)?v?(\d+(?:\.\d+)*)/.exec(version.trim());
  return found?.[1]?.split('.').map(Number) ?? null;
}

function holds(difference: number, operator: VersionBound['operator']): boolean {
  switch (operator) {
    case '>=':
      return difference >= 0;
    case '>':
      return difference > 0;
    case '<=':
      return difference <= 0;
    case '<':
      return difference < 0;
    case '=':
      return difference === 0;
    default:
      return operator satisfies never;
  }
}
