import { defineStack, items } from 'opsctl';

export default defineStack({
  name: 'region-west',
  tier: 'L2',
  site: 'region-west',
  parent: 'hq',
  team: 'region-west-ops',
}).operate(items.where({ site: 'region-west' }));
