import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../run-tool.ts';

/** One declaration as its source has it. */
export interface Declaration {
  readonly name: string;
  readonly statement: ts.Statement;
  /** Of a `const`; else the statement itself. */
  readonly node: ts.Node;
  readonly file: ts.SourceFile;
  /** Path from the root of the repository. */
  readonly path: string;
}

/**
 * Every name that a module gives, with its declaration, wherever `export ... from` leads; by the order in which the module
 * lists them. Reads syntax only: no type is computed, so that hundreds of names cost a fraction of a second.
 */
export function exportsOf(path: string): readonly Declaration[] {
  return sourceFile(path).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return reExports(path, statement);
    return isExported(statement) ? declarationsIn(path, statement) : [];
  });
}

/** What a name means inside a module: a declaration of its own or one that it imports. Null for what is not ours. */
export function resolveName(path: string, name: string): Declaration | null {
  for (const statement of sourceFile(path).statements) {
    const own = declarationsIn(path, statement).find((declaration) => declaration.name === name);
    if (own !== undefined) return own;
    if (!ts.isImportDeclaration(statement)) continue;
    const imported = importedName(statement, name);
    const target = imported === null ? null : resolveModule(path, statement.moduleSpecifier);
    if (target !== null && imported !== null) return exportNamed(target, imported);
  }
  return null;
}

function exportNamed(path: string, name: string): Declaration | null {
  return exportsOf(path).find((declaration) => declaration.name === name) ?? null;
}

function reExports(path: string, { moduleSpecifier, exportClause }: ts.ExportDeclaration): readonly Declaration[] {
  const target = moduleSpecifier === undefined ? path : resolveModule(path, moduleSpecifier);
  if (target === null) return [];
  if (exportClause === undefined) return exportsOf(target);
  if (!ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.flatMap(({ name, propertyName }) => {
    const inner = (propertyName ?? name).text;
    const found = target === path ? resolveName(path, inner) : exportNamed(target, inner);
    return found === null ? [] : [{ ...found, name: name.text }];
  });
}

function importedName({ importClause }: ts.ImportDeclaration, name: string): string | null {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return null;
  const element = bindings.elements.find((candidate) => candidate.name.text === name);
  return element === undefined ? null : (element.propertyName ?? element.name).text;
}

function declarationsIn(path: string, statement: ts.Statement): readonly Declaration[] {
  const file = sourceFile(path);
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((node) => ({
      name: node.name.getText(file),
      statement,
      node,
      file,
      path,
    }));
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  if (!isNamed || statement.name === undefined) return [];
  return [{ name: statement.name.text, statement, node: statement, file, path }];
}

function isExported(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

type Manifest = { readonly exports: Readonly<Record<string, string | { readonly 'opsctl-source': string }>> };

/** Source of each name that the package can be imported by: `opsctl/cmdb` is `cmdb/catalogue/index.ts`. */
export const packageModules: ReadonlyMap<string, string> = new Map(
  Object.entries((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).exports).flatMap(
    ([name, to]) => (typeof to === 'string' ? [] : [[join('opsctl', name), join(to['opsctl-source'])] as const]),
  ),
);

function resolveModule(path: string, specifier: ts.Expression): string | null {
  if (!ts.isStringLiteral(specifier)) return null;
  const { text } = specifier;
  const target = text.startsWith('.') ? join(dirname(path), text) : packageModules.get(text);
  return target !== undefined && existsSync(join(root, target)) ? target : null;
}

const parsed = new Map<string, ts.SourceFile>();

function sourceFile(path: string): ts.SourceFile {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, path), 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  parsed.set(path, file);
  return file;
}
