import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortestCycle, strongComponents } from './cycles.ts';
import { topologicalOrder } from './topological-order.ts';

/** Any graph, cycles and waits for oneself included. */
const graphs = fc
  .nat(12)
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(Math.max(0, size - 1)), { maxLength: 3 }), { minLength: size, maxLength: size }),
  );

describe('order and cycles', () => {
  it('is complete exactly where there is no cycle, and then right', () => {
    fc.assert(
      fc.property(graphs, (waits) => {
        const order = topologicalOrder(waits, [...waits.keys()]);
        expect(order.length === waits.length).toBe(strongComponents(waits).length === 0);
        const place = new Map(order.map((node, index) => [node, index]));
        for (const node of order) {
          for (const before of waits[node] ?? []) expect(place.get(before)).toBeLessThan(place.get(node)!);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('shows a cycle that is one', () => {
    fc.assert(
      fc.property(graphs, (waits) => {
        for (const group of strongComponents(waits)) {
          const path = shortestCycle(group, waits);
          expect([path[0], path.length > 1]).toEqual([path.at(-1), true]);
          for (const [index, node] of path.slice(0, -1).entries()) expect(waits[node]).toContain(path[index + 1]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes the lowest priority number that may go', () => {
    expect(topologicalOrder([[], [], [0], []], [3, 1, 0, 2])).toEqual([1, 3, 0, 2]);
  });

  it('takes a chain of 100,000 and a hub of 100,000', () => {
    const chain = Array.from({ length: 100_000 }, (_, node) => (node === 0 ? [] : [node - 1]));
    const hub = Array.from({ length: 100_000 }, (_, node) => (node === 0 ? [] : [0]));
    const ring = chain.with(0, [99_999]);
    expect(topologicalOrder(chain, [...chain.keys()])).toHaveLength(100_000);
    expect(topologicalOrder(hub, [...hub.keys()])).toHaveLength(100_000);
    expect(strongComponents(ring).map((group) => group.length)).toEqual([100_000]);
  });
});
