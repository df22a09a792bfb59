const state = ['S0:7.1.1.4', 'S1:7.4.1.1.a'];
const performance = ['S0:7.1.1.4'];

/** What any Java program may suffer from; `name` is that of the class in names of alerts. */
export function javaAlerts(name: string, page: string) {
  return {
    heapFull: {
      name: `${name}HeapFull`,
      signal: 'heapKept',
      when: { above: 0.9 },
      for: '10m',
      severity: 'warning',
      summary: { en: '{item} keeps {value} of its heap in use', zh: '{item} 的堆在回收后仍占用 {value}' },
      runbook: `${page}/heap`,
      rationale:
        'The lowest point of a quarter of an hour: garbage is taken off. What is left is needed or leaked, and at the end the program stops.',
      clauses: performance,
    },
    collecting: {
      name: `${name}CollectingGarbage`,
      signal: 'collecting',
      when: { above: 0.15 },
      for: '10m',
      severity: 'warning',
      summary: { en: '{item} spends {value} of its time collecting garbage', zh: '{item} 的垃圾回收占用 {value} 时间' },
      runbook: `${page}/heap`,
      rationale: 'A healthy one needs a few hundredths. It stands still while it collects, and users wait.',
      clauses: performance,
    },
    deadlocked: {
      name: `${name}ThreadsDeadlocked`,
      signal: 'threadsDeadlocked',
      when: { above: 0 },
      for: '5m',
      severity: 'critical',
      summary: { en: '{value} threads of {item} wait for each other for ever', zh: '{item} 有 {value} 个线程死锁' },
      runbook: `${page}/threads`,
      rationale: 'They never come back, and what they hold is lost until a restart.',
      clauses: state,
    },
    descriptorsHigh: {
      name: `${name}DescriptorsHigh`,
      signal: 'descriptorsUsed',
      when: { above: 0.85 },
      for: '10m',
      severity: 'warning',
      summary: { en: '{item} uses {value} of its file descriptors', zh: '{item} 的文件描述符已用 {value}' },
      runbook: `${page}/threads`,
      rationale: 'Without one it takes no connection and opens no file; mostly connections leak.',
      clauses: performance,
    },
  } as const;
}
