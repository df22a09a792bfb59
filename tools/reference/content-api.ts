import { basename } from 'node:path';
import ts from 'typescript';
import { anchorOf, codeBlock, page, pageHead } from './markdown.ts';
import { type Declaration, exportsOf, packageModules, resolveName } from './module-exports.ts';

/** What content imports. */
const contentModules = [
  'opsctl',
  'opsctl/cmdb',
  'opsctl/alerts',
  'opsctl/dashboards',
  'opsctl/policies',
  'opsctl/promql',
] as const;

/** `docs/reference/content.md`: every name that content can import, with its signature and its doc comment. */
export async function renderContentApi(): Promise<string> {
  const undocumented = findUndocumented();
  if (undocumented.length > 0) throw new Error(`Exports without a doc comment: ${undocumented.join(', ')}.`);
  const exported = new Set(contentModules.flatMap((name) => exportsOf(sourceOf(name)).map(keyOf)));
  const behind = typesBehind(exported);
  return page([
    pageHead(
      'Content API',
      'the sources behind `opsctl`, `opsctl/cmdb`, `opsctl/alerts`, `opsctl/dashboards`, `opsctl/policies` and `opsctl/promql`',
    ),
    'What a file of content can import, and the types that these names speak of. How to use them: ' +
      '[writing content](../writing-content.md). The classes and alerts themselves: [catalogue](catalogue.md).',
    [...contentModules, 'Types behind these'].map((name) => `[${name}](#${anchorOf(name)})`).join(' · '),
    ...contentModules.map((name) => describeModule(name, exportsOf(sourceOf(name)))),
    describeModule('Types behind these', behind),
  ]);
}

/** Names that content can import and that say nothing about themselves. */
export function findUndocumented(): readonly string[] {
  return contentModules.flatMap((name) =>
    exportsOf(sourceOf(name))
      .filter((declaration) => docOf(declaration) === '')
      .map((declaration) => `${declaration.name} of ${name} (${declaration.path})`),
  );
}

function sourceOf(name: string): string {
  const path = packageModules.get(name);
  if (path === undefined) throw new Error(`Bug: package.json exports no ${name}.`);
  return path;
}

function keyOf({ path, node }: Declaration): string {
  return `${path} ${node.pos}`;
}

/** By the file of the declaration: what belongs together stands together. */
function describeModule(name: string, declarations: readonly Declaration[]): string {
  const byFile = Map.groupBy(declarations, ({ path }) => path);
  const files = [...byFile].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return page([
    `## ${name}`,
    ...files.map(([path, inFile]) => page([`### ${titleOf(path)}`, ...inFile.map(describe)])),
  ]);
}

/** `toolkit/model/alert-pack.ts` -> `Alert pack`; an index has the name of its folder. */
function titleOf(path: string): string {
  const file = basename(path, '.ts');
  const words = (file === 'index' ? (path.split('/').at(-3) ?? file) : file).replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function describe(declaration: Declaration): string {
  return page([`#### ${declaration.name}`, docOf(declaration), codeBlock('ts', signatureOf(declaration))]);
}

function docOf({ statement, file }: Declaration): string {
  const ranges = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  const last = ranges.at(-1);
  const text = last === undefined ? '' : file.text.slice(last.pos, last.end);
  if (!text.startsWith('/**')) return '';
  const lines = text.slice('/**'.length, -'*/'.length).split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

function signatureOf({ statement, node, file }: Declaration): string {
  if (ts.isFunctionDeclaration(statement)) {
    const end = statement.body?.getStart(file) ?? statement.end;
    return withoutExport(file.text.slice(statement.getStart(file), end));
  }
  if (ts.isVariableDeclaration(node)) return `const ${shortValueOf(node, file)}`;
  return withoutExport(statement.getText(file));
}

function withoutExport(text: string): string {
  return text.replace(/^export /, '').trimEnd();
}

const shortText = 100;

/** The type where it is written down; else the value, shortened to what tells most. */
function shortValueOf({ name, type, initializer }: ts.VariableDeclaration, file: ts.SourceFile): string {
  const head = name.getText(file);
  const value = initializer?.getText(file) ?? '';
  if (type !== undefined)
    return `${head}: ${type.getText(file)}${isShortList(initializer, value) ? ` = ${value}` : ''}`;
  if (initializer !== undefined && ts.isCallExpression(initializer)) {
    const args = initializer.arguments.map((argument) =>
      ts.isObjectLiteralExpression(argument) ? keysOf(argument, file) : argument.getText(file),
    );
    return `${head} = ${initializer.expression.getText(file)}(${args.join(', ')})`;
  }
  return `${head} = ${value}`;
}

function isShortList(initializer: ts.Expression | undefined, text: string): boolean {
  return initializer !== undefined && ts.isArrayLiteralExpression(initializer) && text.length <= shortText;
}

function keysOf(literal: ts.ObjectLiteralExpression, file: ts.SourceFile): string {
  const keys = literal.properties.map((property) => property.name?.getText(file) ?? '...');
  return keys.length === 0 ? '{}' : `{ ${keys.join(', ')} }`;
}

/** Types that the exported ones name and that have no export of their own, and those that these name. */
function typesBehind(exported: ReadonlySet<string>): readonly Declaration[] {
  const found = new Map<string, Declaration>();
  const waiting = contentModules.flatMap((name) => exportsOf(sourceOf(name)));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const named of typesNamedIn(next)) {
      const key = keyOf(named);
      if (exported.has(key) || found.has(key)) continue;
      found.set(key, named);
      waiting.push(named);
    }
  }
  return [...found.values()].toSorted((left, right) => (left.path === right.path ? left.node.pos - right.node.pos : 0));
}

function typesNamedIn(declaration: Declaration): readonly Declaration[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) return; // The body of a function is not what it says to others.
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.add(node.typeName.text);
    if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) names.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(typePartOf(declaration.node));
  return [...names].flatMap((name) => resolveName(declaration.path, name) ?? []);
}

function typePartOf(node: ts.Node): ts.Node {
  return ts.isVariableDeclaration(node) ? (node.type ?? node.name) : node;
}
