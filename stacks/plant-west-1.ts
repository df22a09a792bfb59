import { defineStack, items } from 'opsctl';

export default defineStack({
  name: 'plant-west-1',
  tier: 'L3',
  site: 'plant-west-1',
  parent: 'region-west',
  team: 'plant-west-1-ops',
}).operate(items.where({ site: 'plant-west-1' }));
