import { defineStack, items } from 'opsctl';
import { luzhouMesAnswers } from '../alerts/slo/mes.ts';
import { plantScreen } from '../dashboards/screens/control-room.ts';

export default defineStack({
  name: 'plant-west-1',
  tier: 'L3',
  site: 'plant-west-1',
  parent: 'region-west',
  team: 'plant-west-1-ops',
  retention: '45d',
})
  .operate(items.where({ site: 'plant-west-1' }))
  .uphold(luzhouMesAnswers)
  .display(plantScreen);
