import { defineClassDashboard } from 'opsctl';
import { roomSensor, ups } from 'opsctl/cmdb';

/** Dashboard of uninterruptible power supplies. */
export const upsDashboard = defineClassDashboard(ups, {
  title: { en: 'UPS', zh: '不间断电源' },
  overview: ['load', 'timeLeft'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'onMains', 'protecting', 'batteryGood'] },
    { title: { en: 'Battery', zh: '电池' }, signals: ['timeLeft', 'charge', 'timeOnBattery', 'batteryTemperature'] },
    { title: { en: 'Load and alarms', zh: '负载与告警' }, signals: ['load', 'alarms'] },
  ],
});

/** Dashboard of machine rooms. */
export const roomSensorDashboard = defineClassDashboard(roomSensor, {
  title: { en: 'Machine rooms', zh: '机房环境' },
  overview: ['temperature'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'dry', 'smokeFree', 'airConditioned', 'doorClosed'] },
    {
      title: { en: 'Climate', zh: '温湿度' },
      signals: ['temperature', 'temperatureRise', 'returnTemperature', 'humidity'],
    },
  ],
});
