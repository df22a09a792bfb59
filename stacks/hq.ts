import { defineStack, items } from 'opsctl';
import { groupScreen } from '../dashboards/screens/control-room.ts';

/** No tier stands above: somebody outside notices when the headquarters itself falls silent. */
export default defineStack({
  name: 'hq',
  tier: 'L1',
  site: 'hq',
  team: 'hq-ops',
  deadMan: 'https://dead-man.huayuan.example/hq',
})
  .operate(items.where({ site: 'hq' }))
  .display(groupScreen);
