import type { Diagnostic } from '../diagnostics/index.ts';
import type { Resource } from '../model/index.ts';

/** What an import would write, and how it is known to be the same. */
export interface Imported {
  /** By path relative to the folder that is written, which holds nothing else of this import. */
  readonly files: ReadonlyMap<string, string>;
  /** The constant of `index.ts` that has all of it. */
  readonly constant: string;
  readonly count: number;
  readonly diagnostics: readonly Diagnostic[];
  /** What a stack compiles to that includes all of it, against what was read. */
  readonly compare: (resources: readonly Resource[]) => readonly Difference[];
}

/** Something that was read and would not come out the same. */
export interface Difference {
  /** `The alert HostDown of rules.yml`. */
  readonly what: string;
  readonly text: string;
  readonly position: Diagnostic['position'] & {};
}

export interface WrittenConstant {
  readonly name: string;
  /** File that declares it, relative to the folder. */
  readonly file: string;
}

/** One file that has all, so that a stack needs one line. */
export function printIndex(constants: readonly WrittenConstant[], list: string): string {
  const byFile = Map.groupBy(constants, ({ file }) => file);
  const imports = [...byFile].map(([file, named]) =>
    printImport(
      named.map(({ name }) => name),
      `./${file}`,
    ),
  );
  const names = constants.map(({ name }) => `  ${name},\n`).join('');
  return `${imports.join('')}\nexport const ${list} = [\n${names}];\n`;
}

function printImport(names: readonly string[], from: string): string {
  const short = `import { ${names.join(', ')} } from '${from}';\n`;
  return short.length <= 120 ? short : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}';\n`;
}
