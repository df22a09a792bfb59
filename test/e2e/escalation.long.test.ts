import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPrograms } from '../../tools/programs.ts';
import { type ClaimedName, claimName } from '../../tools/quickstart/claim-name.ts';
import { exporterName, type Fleet, prometheusName, startFleet } from '../../tools/quickstart/fleet.ts';
import { expectOpsctl, root } from '../../tools/quickstart/opsctl.ts';
import { type PlantServices, startPlantServices } from '../../tools/quickstart/plant-services.ts';
import { neededPrograms, prepareLaboratory } from '../../tools/quickstart/prepare-laboratory.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(neededPrograms);
const victim = 'pe1-mes-1';
const plant = 'plant-east-1';

/** An outage that nobody resolves, on the whole reference group with real programs; minutes are seconds there. */
describe.skipIf(!programs.available)(programs.title('escalation through three tiers'), () => {
  let claimed: ClaimedName;
  let services: PlantServices;
  let fleet: Fleet;
  beforeAll(async () => {
    const installation = await installPrograms(neededPrograms, () => {});
    claimed = await claimName(join(root, '.opsctl'));
    const { laboratory } = await prepareLaboratory(claimed.name, installation);
    services = await startPlantServices(laboratory.httpPort, laboratory.tcpPort);
    fleet = await startFleet(laboratory, installation);
    const where = ['--environment', laboratory.environment, '--bindings', laboratory.bindingsFile];
    await expectOpsctl(['apply', ...where, '--adopt', '*/main', '--yes', '--approved-by', 'ops-lead']);
  }, 120_000);
  afterAll(async () => {
    await fleet?.stopAll();
    await services?.close();
    await claimed?.release();
  });

  it('reaches the region after 30 minutes and headquarters after 90, also when Prometheus restarts in between', {
    timeout: 480_000,
  }, async () => {
    const stopped = performance.now();
    await fleet.stop(exporterName(victim));
    await heard('HostDown', plant);
    // Without the state of its alerts, a Prometheus that comes back would start counting again.
    await fleet.stop(prometheusName(plant));
    await fleet.start(prometheusName(plant));
    const region = await heard('EscalatedToL2', 'region-east');
    const headquarters = await heard('EscalatedToL1', 'hq');
    const secondsTo = (receivedAt: number): number => (receivedAt - stopped) / 1000;
    expect(secondsTo(region)).toBeGreaterThan(60);
    expect(secondsTo(headquarters)).toBeGreaterThan(180);
    // A clock that the restart had set back would be late by the time that had passed until then, and by `for`.
    expect(secondsTo(headquarters) - secondsTo(region)).toBeGreaterThan(110);
    const elsewhere = services.notifications.filter(
      ({ alert, desk }) => alert === 'EscalatedToL2' && desk !== 'region-east',
    );
    expect(elsewhere).toEqual([]);
  });

  async function heard(alert: string, desk: string): Promise<number> {
    const told = await services.waitFor(
      (notification) =>
        notification.alert === alert &&
        notification.desk === desk &&
        notification.item === victim &&
        notification.status === 'firing',
      300_000,
      `${alert} at ${desk}`,
    );
    return told.receivedAt;
  }
});
