import { javaAgent } from './java-readings.ts';
import { highIsBad } from './signal-meanings.ts';

/** What every server in Java is asked, by jmx_exporter as its agent. */
export const javaSignals = {
  heapKept: {
    ...highIsBad('ratio', 'Heap in use after collections (15 min)', '回收后仍占用的堆(15 分钟)'),
    from: 'builtin',
    ...javaAgent.heapKept,
  },
  collecting: {
    ...highIsBad('ratio', 'Time spent collecting garbage', '垃圾回收时间占比'),
    from: 'builtin',
    ...javaAgent.collecting,
  },
  threadsDeadlocked: {
    ...highIsBad('count', 'Threads that wait for each other for ever', '死锁的线程数'),
    from: 'builtin',
    ...javaAgent.threadsDeadlocked,
  },
  descriptorsUsed: {
    ...highIsBad('ratio', 'File descriptors used', '文件描述符使用率'),
    from: 'builtin',
    ...javaAgent.descriptorsUsed,
  },
} as const;
