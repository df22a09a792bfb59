import { defineStack, items } from 'opsctl';
import { ningboMesAnswers } from '../alerts/slo/mes.ts';
import { plantScreen } from '../dashboards/screens/control-room.ts';

export default defineStack({
  name: 'plant-east-2',
  tier: 'L3',
  site: 'plant-east-2',
  parent: 'region-east',
  team: 'plant-east-2-ops',
  retention: '45d',
})
  .operate(items.where({ site: 'plant-east-2' }))
  .uphold(ningboMesAnswers)
  .display(plantScreen);
