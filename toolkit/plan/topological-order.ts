/**
 * All nodes, each after those it waits for; where several may go next, the one with the lowest priority number.
 * Nodes on a cycle, and what waits for them, are left out. Priorities must differ.
 */
export function topologicalOrder(
  waits: readonly (readonly number[])[],
  priority: readonly number[],
): readonly number[] {
  const waiting = waits.map((before) => before.length);
  const waiters = waitersOf(waits);
  const nodeOf = new Map(priority.map((value, node) => [value, node]));
  const ready = new PriorityQueue();
  for (const [node, count] of waiting.entries()) if (count === 0) ready.push(priority[node] ?? node);
  const order: number[] = [];
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    const node = nodeOf.get(next) ?? 0;
    order.push(node);
    for (const waiter of waiters[node] ?? []) {
      const left = (waiting[waiter] ?? 0) - 1;
      waiting[waiter] = left;
      if (left === 0) ready.push(priority[waiter] ?? waiter);
    }
  }
  return order;
}

/** The same edges the other way round. */
export function waitersOf(waits: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const waiters: number[][] = waits.map(() => []);
  for (const [node, before] of waits.entries()) for (const other of before) waiters[other]?.push(node);
  return waiters;
}

/** A binary heap of numbers, smallest first. */
class PriorityQueue {
  private readonly heap: number[] = [];

  push(value: number): void {
    let place = this.heap.push(value) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.at(parent) <= value) break;
      this.heap[place] = this.at(parent);
      place = parent;
    }
    this.heap[place] = value;
  }

  pop(): number | undefined {
    const smallest = this.heap[0];
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return smallest;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const child = this.at(left + 1) < this.at(left) ? left + 1 : left;
      if (this.at(child) >= last) break;
      this.heap[place] = this.at(child);
      place = child;
    }
    this.heap[place] = last;
    return smallest;
  }

  private at(place: number): number {
    return this.heap[place] ?? Number.POSITIVE_INFINITY;
  }
}
