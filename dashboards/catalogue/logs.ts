import { defineClassDashboard } from 'opsctl';
import { fluentBit, loki } from 'opsctl/cmdb';

/** Dashboard of Loki. */
export const lokiDashboard = defineClassDashboard(loki, {
  title: { en: 'Loki', zh: 'Loki 日志存储' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'diskFull', 'panics', 'errors'] },
    { title: { en: 'Logs', zh: '日志' }, signals: ['received', 'discarded', 'streams'] },
  ],
});

/** Dashboard of Fluent Bit. */
export const fluentBitDashboard = defineClassDashboard(fluentBit, {
  title: { en: 'Fluent Bit', zh: 'Fluent Bit 日志采集' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'discarded', 'givenUp', 'inputPaused'] },
    { title: { en: 'Records', zh: '记录' }, signals: ['received', 'sent', 'errors'] },
  ],
});
