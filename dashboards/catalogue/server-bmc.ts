import { defineClassDashboard } from 'opsctl';
import { serverBmc } from 'opsctl/cmdb';

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
