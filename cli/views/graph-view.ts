import { addressFields } from '../../toolkit/model/index.ts';
import type { Content } from '../../toolkit/operate/index.ts';

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

interface GraphNode {
  readonly id: string;
  /** What it is drawn together with: a stack, a site. */
  readonly group: string;
  /** Such as `prometheus-rules`, `host`. */
  readonly kind: string;
}

interface GraphEdge {
  readonly from: string;
  /** What `from` waits for or depends on. */
  readonly to: string;
  readonly label: string;
}

export function graphOfResources({ resources }: Pick<Content, 'resources'>, stacks: readonly string[]): Graph {
  const shown = resources.filter(({ address }) => stacks.length === 0 || stacks.includes(addressFields(address).stack));
  return {
    nodes: shown.map(({ address, type }) => ({ id: address, group: addressFields(address).stack, kind: type })),
    edges: shown.flatMap(({ address, dependsOn }) => dependsOn.map((to) => ({ from: address, to, label: '' }))),
  };
}

/** A stack stands for its site here: that is what an item names. */
export function graphOfItems({ items, stacks }: Pick<Content, 'items' | 'stacks'>, names: readonly string[]): Graph {
  const sites = stacks.filter(({ name }) => names.includes(name)).map(({ site }) => site);
  const shown = items.filter(({ site }) => names.length === 0 || sites.includes(site));
  return {
    nodes: shown.map(({ id, site, class: kind }) => ({ id, group: site, kind })),
    edges: shown.flatMap(({ id, relations }) => relations.map(({ type, to }) => ({ from: id, to, label: type }))),
  };
}

export type GraphFormat = 'dot' | 'mermaid' | 'json';

export function printGraph(graph: Graph, format: GraphFormat): string {
  switch (format) {
    case 'dot':
      return printDot(graph);
    case 'mermaid':
      return printMermaid(graph);
    case 'json':
      return `${JSON.stringify({ version: 1, ...graph }, null, 2)}\n`;
    default:
      return format satisfies never;
  }
}

function printDot({ nodes, edges }: Graph): string {
  const clusters = [...Map.groupBy(nodes, ({ group }) => group)].map(([group, inside], index) => [
    `  subgraph cluster_${index} {`,
    `    label=${quote(group)};`,
    ...inside.map(({ id, kind }) => `    ${quote(id)} [label=${quote(`${nameIn(id)}\n${kind}`)}];`),
    '  }',
  ]);
  const arrows = edges.map(
    ({ from, to, label }) => `  ${quote(from)} -> ${quote(to)}${label === '' ? '' : ` [label=${quote(label)}]`};`,
  );
  return ['digraph opsctl {', '  rankdir=LR;', '  node [shape=box];', ...clusters.flat(), ...arrows, '}', ''].join(
    '\n',
  );
}

function printMermaid({ nodes, edges }: Graph): string {
  // Mermaid's own names may hold letters and digits only, so nodes are numbered.
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const groups = [...Map.groupBy(nodes, ({ group }) => group)].map(([group, inside], index) => [
    `  subgraph g${index}["${mermaidText(group)}"]`,
    ...inside.map(({ id, kind }) => `    ${names.get(id)}["${mermaidText(nameIn(id))}<br/>${mermaidText(kind)}"]`),
    '  end',
  ]);
  const arrows = edges
    .filter(({ to }) => names.has(to))
    .map(
      ({ from, to, label }) =>
        `  ${names.get(from)} -->${label === '' ? '' : `|${mermaidText(label)}|`} ${names.get(to)}`,
    );
  return ['flowchart LR', ...groups.flat(), ...arrows, ''].join('\n');
}

/** The last part of an address; an item's id is whole. */
function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function mermaidText(text: string): string {
  return text.replaceAll('&', '#amp;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
