import type { Site, Tier } from 'opsctl';

/** Handling starts at the plant. What it has not resolved after the time given goes one tier up. */
export const tiers: readonly Tier[] = [
  { id: 'L1', title: { en: 'Group headquarters', zh: '集团总部' } },
  { id: 'L2', title: { en: 'Region', zh: '区域公司' }, escalateAfter: '1h', escalateWarningsAfter: '16h' },
  { id: 'L3', title: { en: 'Plant', zh: '生产工厂' }, escalateAfter: '30m', escalateWarningsAfter: '8h' },
];

const timeZone = 'Asia/Shanghai';

export const sites: readonly Site[] = [
  { id: 'hq', tier: 'L1', title: { en: 'Headquarters, Shanghai', zh: '上海总部' }, timeZone },
  { id: 'region-east', tier: 'L2', title: { en: 'East region, Nanjing', zh: '华东区域(南京)' }, timeZone },
  { id: 'region-west', tier: 'L2', title: { en: 'West region, Chengdu', zh: '西南区域(成都)' }, timeZone },
  { id: 'plant-east-1', tier: 'L3', title: { en: 'Nanjing olefins plant', zh: '南京烯烃厂' }, timeZone },
  { id: 'plant-east-2', tier: 'L3', title: { en: 'Ningbo resins plant', zh: '宁波树脂厂' }, timeZone },
  { id: 'plant-west-1', tier: 'L3', title: { en: 'Luzhou ammonia plant', zh: '泸州合成氨厂' }, timeZone },
];
