import { defineStack, items } from 'opsctl';

export default defineStack({
  name: 'region-east',
  tier: 'L2',
  site: 'region-east',
  parent: 'hq',
  team: 'region-east-ops',
}).operate(items.where({ site: 'region-east' }));
