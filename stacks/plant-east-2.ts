import { defineStack, items } from 'opsctl';

export default defineStack({
  name: 'plant-east-2',
  tier: 'L3',
  site: 'plant-east-2',
  parent: 'region-east',
  team: 'plant-east-2-ops',
}).operate(items.where({ site: 'plant-east-2' }));
