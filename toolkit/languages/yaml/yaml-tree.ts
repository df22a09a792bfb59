import { pointerSteps } from '../../diagnostics/index.ts';
import type { YamlValue } from './yaml-value.ts';

/**
 * Where each node of a document stands, in document order: a node, then what it holds. Four numbers and a name for each
 * node instead of an object, because an inventory of 100,000 items has more than a million of them.
 */
export interface YamlTree {
  readonly value: YamlValue;
  /** The node's key in the mapping that holds it; null in a list and at the root. */
  readonly names: readonly (string | null)[];
  /** Offset of that key, or of the node itself where there is none. */
  readonly keyStarts: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Index of the first node after this one and all it holds. */
  readonly nexts: readonly number[];
}

/** A tree under construction: `open` before what a node holds, `close` after it. */
export class YamlTreeBuilder {
  private readonly names: (string | null)[] = [];
  private readonly keyStarts: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly nexts: number[] = [];

  open(name: string | null, keyStart: number, start: number): number {
    this.names.push(name);
    this.keyStarts.push(keyStart);
    this.starts.push(start);
    this.ends.push(start);
    return this.nexts.push(0) - 1;
  }

  close(node: number, end: number): void {
    this.ends[node] = end;
    this.nexts[node] = this.starts.length;
  }

  finish(value: YamlValue): YamlTree {
    return {
      value,
      names: this.names,
      keyStarts: this.keyStarts,
      starts: this.starts,
      ends: this.ends,
      nexts: this.nexts,
    };
  }
}

export interface NodeRange {
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
  /** False when the pointer names nothing, and the range is that of the closest node around it. */
  readonly exact: boolean;
}

/** Finds nodes by JSON pointer. Lists that were looked into once are indexed, so that looking up every item is linear. */
export function makeNodeFinder(tree: YamlTree): (pointer: string) => NodeRange {
  const children = new Map<number, ReadonlyMap<string, number>>();
  return (pointer) => {
    let node = 0;
    for (const step of pointerSteps(pointer)) {
      const child = childOf(tree, node, step, children);
      if (child < 0) return rangeOf(tree, node, false);
      node = child;
    }
    return rangeOf(tree, node, true);
  };
}

/** The node that a step leads to; -1 where there is none. */
function childOf(tree: YamlTree, node: number, step: string, known: Map<number, ReadonlyMap<string, number>>): number {
  const indexed = known.get(node);
  if (indexed !== undefined) return indexed.get(step) ?? -1;
  const end = tree.nexts[node] ?? 0;
  let place = 0;
  let found = -1;
  for (let child = node + 1; child < end; child = tree.nexts[child] ?? end) {
    if (place === fewChildren) return indexChildren(tree, node, known).get(step) ?? -1;
    if ((tree.names[child] ?? String(place)) === step) found = child;
    place += 1;
  }
  return found;
}

// Below this many, walking again is cheaper than remembering.
const fewChildren = 16;

function indexChildren(
  tree: YamlTree,
  node: number,
  known: Map<number, ReadonlyMap<string, number>>,
): ReadonlyMap<string, number> {
  const children = new Map<string, number>();
  const end = tree.nexts[node] ?? 0;
  for (let child = node + 1; child < end; child = tree.nexts[child] ?? end) {
    children.set(tree.names[child] ?? String(children.size), child);
  }
  known.set(node, children);
  return children;
}

function rangeOf(tree: YamlTree, node: number, exact: boolean): NodeRange {
  return {
    keyStart: tree.keyStarts[node] ?? 0,
    start: tree.starts[node] ?? 0,
    end: tree.ends[node] ?? 0,
    exact,
  };
}
