import { makeLineTable } from '../languages/text-encoding/index.ts';
import { readAnyYaml } from '../languages/yaml/read-any-yaml.ts';
import { readPlainYaml } from '../languages/yaml/read-plain-yaml.ts';
import type { YamlTree } from '../languages/yaml/yaml-tree.ts';

/**
 * What the two readers disagree about in a file that the small one accepts; null when they agree. For tests: this is
 * what allows two readers.
 */
export function readersDiffer(source: string): { readonly plain: unknown; readonly any: unknown } | null {
  const plain = readPlainYaml(source);
  if (plain.kind === 'unusual') return null;
  const any = readAnyYaml(source, makeLineTable(source, 'any.yaml').spanAt);
  const left = facts(plain.tree, source);
  if (any.tree === null || any.diagnostics.length > 0) return { plain: left, any: any.diagnostics };
  const right = facts(any.tree, source);
  return JSON.stringify(left) === JSON.stringify(right) ? null : { plain: left, any: right };
}

/** Value and positions; the end of a list or mapping and the place of an empty value are nobody's business. */
function facts(tree: YamlTree, source: string): unknown {
  const nodes = tree.starts.map((start, node) => {
    const isLeaf = tree.nexts[node] === node + 1;
    const text = isLeaf ? source.slice(start, tree.ends[node]) : '';
    const name = tree.names[node];
    if (isLeaf && text === '') return { name, keyStart: name === null ? null : tree.keyStarts[node] };
    return { name, keyStart: tree.keyStarts[node], start, text: /^[|[{]/.test(text) ? '' : text };
  });
  return { value: tree.value, nodes };
}
