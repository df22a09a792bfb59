import { defineStack, items } from 'opsctl';
import { hostAlerts, httpEndpointAlerts } from 'opsctl/alerts';
import { nanjingMesAnswers } from '../alerts/slo/mes.ts';
import { item } from '../cmdb/items.generated.ts';
import { plantScreen } from '../dashboards/screens/control-room.ts';

/** The Nanjing olefins plant: everything at the site is operated; two numbers differ, one alert is waived. */
export default defineStack({
  name: 'plant-east-1',
  tier: 'L3',
  site: 'plant-east-1',
  parent: 'region-east',
  team: 'plant-east-1-ops',
  retention: '45d',
})
  .operate(items.where({ site: 'plant-east-1' }))
  .uphold(nanjingMesAnswers)
  .display(plantScreen)
  .tune(item('pe1-hist-1'), hostAlerts.memoryShort, {
    threshold: 0.05,
    reason: 'The historian keeps its archive cache in memory on purpose; it has run at 7 % available since 2024.',
  })
  .tune(items.where({ site: 'plant-east-1', class: 'http-endpoint' }), httpEndpointAlerts.slow, {
    threshold: 5,
    for: '15m',
    reason: 'The MES report pages take three to four seconds at shift change; agreed with the shift leads.',
  })
  .waive(item('pe1-mes-1'), hostAlerts.diskBusy, {
    reason: 'The batch archiver keeps the disk of the old MES server busy until it is replaced.',
    approver: 'ops-lead',
    until: '2027-03-31',
  })
  .protect('cmdb-record/pe1-hist-1', 'The record of the historian is audit evidence of the process licence.');
