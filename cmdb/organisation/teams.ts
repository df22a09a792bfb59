import type { NotificationChannel, Team } from 'opsctl';

/** The duty desk of a site takes alerts by webhook and tells whoever is on duty. */
function dutyDesk(site: string): NotificationChannel {
  return { kind: 'webhook', url: `https://duty.${site}.huayuan.example/alerts/${site}` };
}

/** Mail is for what can wait; it is not read at night. */
function mailbox(name: string): NotificationChannel {
  return {
    kind: 'email',
    to: `${name}@huayuan.example`,
    from: 'alertmanager@huayuan.example',
    smarthost: 'mail.huayuan.example:25',
    severities: ['warning'],
  };
}

export const teams: readonly Team[] = [
  {
    id: 'hq-ops',
    tier: 'L1',
    site: 'hq',
    title: { en: 'Group operations centre', zh: '集团运维中心' },
    channels: [dutyDesk('hq')],
  },
  {
    id: 'region-east-ops',
    tier: 'L2',
    site: 'region-east',
    title: { en: 'East region operations', zh: '华东区域运维' },
    channels: [dutyDesk('region-east')],
  },
  {
    id: 'region-west-ops',
    tier: 'L2',
    site: 'region-west',
    title: { en: 'West region operations', zh: '西南区域运维' },
    channels: [dutyDesk('region-west')],
  },
  {
    id: 'plant-east-1-ops',
    tier: 'L3',
    site: 'plant-east-1',
    title: { en: 'Nanjing plant operations', zh: '南京厂运维班' },
    channels: [dutyDesk('plant-east-1')],
  },
  {
    id: 'plant-east-2-ops',
    tier: 'L3',
    site: 'plant-east-2',
    title: { en: 'Ningbo plant operations', zh: '宁波厂运维班' },
    channels: [dutyDesk('plant-east-2')],
  },
  {
    id: 'plant-west-1-ops',
    tier: 'L3',
    site: 'plant-west-1',
    title: { en: 'Luzhou plant operations', zh: '泸州厂运维班' },
    channels: [dutyDesk('plant-west-1')],
  },
  {
    id: 'mes-team',
    tier: 'L1',
    site: 'hq',
    title: { en: 'Manufacturing execution systems', zh: '制造执行系统组' },
    channels: [{ ...dutyDesk('hq'), severities: ['critical'] }, mailbox('mes')],
    hours: 'office',
  },
  {
    id: 'energy-team',
    tier: 'L1',
    site: 'hq',
    title: { en: 'Energy management systems', zh: '能源管理系统组' },
    channels: [{ ...dutyDesk('hq'), severities: ['critical'] }, mailbox('energy')],
    hours: 'office',
  },
];
