import { defineClass } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { servesMetrics } from './measured-beside.ts';
import { counter, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad } from './signal-meanings.ts';

// The names were read off a real 3.0.0-rc50 (Debian 12).
const read = readingsBy({
  mtail_lines_total: counter(),
  mtail_log_lines_total: counter(['logfile']),
  mtail_prog_loads_total: counter(['prog']),
  mtail_prog_load_errors_total: counter(['prog']),
});

/** An mtail: reads log files and counts what its programs find in them. */
export const mtail = defineClass({
  id: 'mtail',
  title: { en: 'Log counter (mtail)', zh: '日志计数器 (mtail)' },
  ...servesMetrics({ program: 'mtail', since: '3.0', port: 3903 }),
  signals: {
    up: answersItself('builtin'),
    linesRead: {
      ...lowIsBad('per-second', 'Lines read', '日志行读取速率'),
      from: 'builtin',
      ...read((series) => `rate(${series('mtail_lines_total')}[5m])`),
    },
    fileLines: {
      ...lowIsBad('per-second', 'Lines read, by file', '各文件日志行速率'),
      from: 'builtin',
      partLabels: ['logfile'],
      ...read((series) => `rate(${series('mtail_log_lines_total')}[5m])`),
    },
    programsBroken: {
      ...highIsBad('count', 'Failures of a program that never loaded', '从未成功加载的程序的失败次数'),
      from: 'builtin',
      partLabels: ['prog'],
      // The counter of failures stays after the program was put right; that of loads tells that it was.
      ...read(
        (series) =>
          `${series('mtail_prog_load_errors_total')} unless on (item, prog) ${series('mtail_prog_loads_total')}`,
      ),
    },
  },
});
