/** Functions of counters: what a rising number rose by. */
export const counterFunctions: ReadonlySet<string> = new Set(['rate', 'increase', 'irate', 'resets']);

/** Functions of gauges, which take a counter's reset for a fall. */
export const gaugeFunctions: ReadonlySet<string> = new Set(['delta', 'idelta', 'deriv']);
