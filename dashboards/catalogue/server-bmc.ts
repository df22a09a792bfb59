import { defineClassDashboard } from 'opsctl';
import { serverBmc, serverDisks } from 'opsctl/cmdb';

/** Dashboard of server hardware. */
export const serverBmcDashboard = defineClassDashboard(serverBmc, {
  title: { en: 'Server hardware', zh: '服务器硬件' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'collectorAnswers', 'poweredOn'] },
    {
      title: { en: 'Sensors', zh: '传感器' },
      signals: ['temperature', 'temperatureState', 'fanState', 'voltageState', 'sensorState'],
    },
  ],
});

/** Dashboard of the disks of servers. */
export const serverDisksDashboard = defineClassDashboard(serverDisks, {
  title: { en: 'Disks of servers', zh: '服务器磁盘健康' },
  overview: ['worn', 'temperature'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'passed', 'gone', 'readable'] },
    {
      title: { en: 'Sectors and errors', zh: '扇区与错误' },
      signals: ['pending', 'reallocated', 'mediaErrors', 'warning'],
    },
    {
      title: { en: 'Wear and heat', zh: '磨损与温度' },
      signals: ['spareLeft', 'worn', 'temperature', 'nvmeTemperature'],
    },
  ],
});
