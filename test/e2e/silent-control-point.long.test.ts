import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPrograms } from '../../tools/programs.ts';
import { type ClaimedName, claimName } from '../../tools/quickstart/claim-name.ts';
import { type Fleet, prometheusName, startFleet } from '../../tools/quickstart/fleet.ts';
import type { Laboratory } from '../../tools/quickstart/laboratory.ts';
import { expectOpsctl, root } from '../../tools/quickstart/opsctl.ts';
import { type PlantServices, startPlantServices } from '../../tools/quickstart/plant-services.ts';
import { neededPrograms, prepareLaboratory } from '../../tools/quickstart/prepare-laboratory.ts';
import { realPrograms } from '../support/programs.ts';

const programs = realPrograms(neededPrograms);
const plant = 'plant-east-1';
const region = 'region-east';

/** What cannot tell of itself, on the whole reference group with real programs; minutes are seconds there. */
describe.skipIf(!programs.available)(programs.title('what falls silent'), () => {
  let claimed: ClaimedName;
  let services: PlantServices;
  let fleet: Fleet;
  let laboratory: Laboratory;
  beforeAll(async () => {
    const installation = await installPrograms(neededPrograms, () => {});
    claimed = await claimName(join(root, '.opsctl'));
    ({ laboratory } = await prepareLaboratory(claimed.name, installation));
    services = await startPlantServices(laboratory.httpPort, laboratory.tcpPort);
    fleet = await startFleet(laboratory, installation);
    const where = ['--environment', laboratory.environment, '--bindings', laboratory.bindingsFile];
    await expectOpsctl(['apply', ...where, '--adopt', '*/main', '--yes', '--approved-by', 'ops-lead']);
  }, 180_000);
  afterAll(async () => {
    await fleet?.stopAll();
    await services?.close();
    await claimed?.release();
  });

  it('is headquarters, which calls somebody outside as long as all is well', { timeout: 120_000 }, async () => {
    await expect.poll(() => services.calls.filter((path) => path === '/hq').length, waiting).toBeGreaterThan(2);
    expect(services.notifications.filter(({ alert }) => alert === 'Watchdog')).toEqual([]);
  });

  it('is a plant whose Prometheus is gone: the region and headquarters hear of it, until it is back', {
    timeout: 300_000,
  }, async () => {
    await fleet.stop(prometheusName(plant));
    for (const desk of [region, 'hq']) await heard('ControlPointSilent', desk, plant, 'firing');
    await fleet.start(prometheusName(plant));
    await heard('ControlPointSilent', region, plant, 'resolved');
  });

  it('is an item that is no target any more, which is no outage of it', { timeout: 300_000 }, async () => {
    const item = 're-mon-1';
    await writeFile(join(laboratory.folder, region, 'prometheus', 'targets', 'host-node.json'), '[]\n');
    await heard('TargetMissing', region, item, 'firing');
    const told = services.notifications.filter((notification) => notification.item === item);
    expect(told.map(({ alert }) => alert)).not.toContain('HostDown');
  });

  async function heard(alert: string, desk: string, item: string, status: 'firing' | 'resolved'): Promise<void> {
    await services.waitFor(
      (told) => told.alert === alert && told.desk === desk && told.item === item && told.status === status,
      240_000,
      `${alert} of ${item} at ${desk}, ${status}`,
    );
  }
});

const waiting = { timeout: 90_000, interval: 500 };
