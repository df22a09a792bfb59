/**
 * Groups of nodes that wait for each other, smallest node first in each and in the list; a node that waits for itself
 * is a group of its own. Tarjan's algorithm with a stack of its own, since a chain of 100,000 would end the machine's.
 */
export function strongComponents(waits: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const found: (readonly number[])[] = [];
  const numbers: number[] = [];
  const lowest: number[] = [];
  const open: number[] = [];
  const isOpen: boolean[] = [];
  let counter = 0;
  const enter = (node: number) => {
    numbers[node] = counter;
    lowest[node] = counter;
    counter += 1;
    open.push(node);
    isOpen[node] = true;
    return { node, next: 0 };
  };
  const lower = (node: number, value: number | undefined) => {
    lowest[node] = Math.min(lowest[node] ?? counter, value ?? counter);
  };
  for (const root of waits.keys()) {
    if (numbers[root] !== undefined) continue;
    const path = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const child = waits[frame.node]?.[frame.next];
      frame.next += 1;
      if (child !== undefined) {
        if (numbers[child] === undefined) path.push(enter(child));
        else if (isOpen[child]) lower(frame.node, numbers[child]);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, lowest[frame.node]);
      if (lowest[frame.node] !== numbers[frame.node]) continue;
      const component = open.splice(open.lastIndexOf(frame.node));
      for (const node of component) isOpen[node] = false;
      if (component.length > 1 || waits[frame.node]?.includes(frame.node)) found.push(component.sort(ascending));
    }
  }
  return found.sort(([left = 0], [right = 0]) => left - right);
}

function ascending(left: number, right: number): number {
  return left - right;
}

/** The shortest way from the first node of the group back to it, both ends included. */
export function shortestCycle(group: readonly number[], waits: readonly (readonly number[])[]): readonly number[] {
  const [start] = group;
  if (start === undefined) return [];
  const members = new Set(group);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const before of waits[node] ?? []) {
      if (before === start) return [...wayTo(node, start, cameFrom), start];
      if (!members.has(before) || cameFrom.has(before)) continue;
      cameFrom.set(before, node);
      queue.push(before);
    }
  }
  return [];
}

function wayTo(end: number, start: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const way = [end];
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) ?? start;
    way.push(node);
  }
  return way.reverse();
}
