import type { Calendar } from 'opsctl';

export const calendars: readonly Calendar[] = [
  {
    id: 'office',
    title: { en: 'Office hours', zh: '办公时间' },
    timeZone: 'Asia/Shanghai',
    hours: [{ weekdays: ['monday:friday'], from: '08:30', to: '17:30' }],
  },
];
