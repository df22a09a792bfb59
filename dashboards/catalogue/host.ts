import { defineClassDashboard } from 'opsctl';
import { host } from 'opsctl/cmdb';

/** Dashboard of Linux hosts. */
export const hostDashboard = defineClassDashboard(host, {
  title: { en: 'Linux hosts', zh: 'Linux 主机' },
  overview: ['cpuBusy', 'memoryAvailable', 'filesystemFree'],
  forecast: ['filesystemFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'clockSynchronised', 'filesystemWritable', 'unitsFailed'] },
    {
      title: { en: 'Processor and memory', zh: '处理器与内存' },
      signals: ['cpuBusy', 'loadPerCpu', 'memoryAvailable', 'outOfMemoryKills', 'cpuStolen', 'connectionsTracked'],
    },
    {
      title: { en: 'Storage', zh: '存储' },
      signals: [
        'filesystemFree',
        'inodesFree',
        'diskBusy',
        'filesystemTimeLeft',
        'raidDisksMissing',
        'raidDisksFailed',
      ],
    },
    {
      title: { en: 'Network and clock', zh: '网络与时钟' },
      signals: ['networkErrors', 'bondLinksDown', 'clockOffset', 'fileHandles'],
    },
  ],
});
