import { defineClass, optional, text } from 'opsctl';
import { answersItself } from './exporter-answers.ts';
import { javaAgent } from './java-readings.ts';
import { javaSignals } from './java-signals.ts';
import { servesMetrics } from './measured-beside.ts';
import { highIsBad } from './signal-meanings.ts';

/**
 * One BES application server, by jmx_exporter as its agent, without rules: what its Java tells of itself. The beans of BES'
 * own pools and connectors are described in no public source, so they are not read; an application on it that matters is an
 * item of class `http-endpoint` besides. What is read was seen on a real jmx_exporter, not on BES.
 */
export const bes = defineClass({
  id: 'bes',
  title: { en: 'BES application server', zh: '宝兰德 BES 应用服务器' },
  attributes: {
    ...servesMetrics({ program: 'jmx_exporter', since: '0.16', port: 9404 }).attributes,
    version: optional(text('Such as `9.5.5`.')),
  },
  sources: servesMetrics({ program: 'jmx_exporter', since: '0.16', port: 9404 }).sources,
  signals: {
    up: answersItself('builtin'),
    ...javaSignals,
    threads: { ...highIsBad('count', 'Threads', '线程数'), from: 'builtin', ...javaAgent.threads },
  },
});
