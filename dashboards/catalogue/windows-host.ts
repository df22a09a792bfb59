import { defineClassDashboard } from 'opsctl';
import { windowsHost } from 'opsctl/cmdb';

/** Dashboard of Windows hosts. */
export const windowsHostDashboard = defineClassDashboard(windowsHost, {
  title: { en: 'Windows hosts', zh: 'Windows 主机' },
  overview: ['cpuBusy', 'memoryAvailable', 'volumeFree'],
  forecast: ['volumeFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'collected', 'servicesStopped', 'clockOffset'] },
    {
      title: { en: 'Processor and memory', zh: '处理器与内存' },
      signals: ['cpuBusy', 'memoryAvailable', 'memoryCommitted'],
    },
    { title: { en: 'Storage and network', zh: '存储与网络' }, signals: ['volumeFree', 'volumeBusy', 'networkErrors'] },
  ],
});
