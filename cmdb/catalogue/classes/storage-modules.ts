import { defineSnmpModule } from 'opsctl';

const system = '1.3.6.1.4.1.34774.4.1';
const hardware = `${system}.23.5`;
const pools = `${system}.23.4.2.1`;

/** Identifiers of parts are texts, whose length stands before them: `0A` is `2.48.65`. */
function byPart(label: string, name: string) {
  return {
    index: [{ label: 'id', type: 'DisplayString' }],
    lookups: [{ label, by: ['id'], oid: name, type: 'DisplayString' }],
  } as const;
}

const byController = { index: [{ label: 'controller', type: 'DisplayString' }] } as const;
const byDisk = byPart('disk', `${hardware}.1.1.4`);
const byPool = byPart('pool', `${pools}.2`);
const byVolume = {
  index: [{ label: 'id', type: 'gauge' }],
  lookups: [{ label: 'volume', by: ['id'], oid: `${system}.19.9.4.1.2`, type: 'DisplayString' }],
} as const;

const health = '1 normal, 2 fault, 3 about to fail, 5 degraded, 9 inconsistent, 12 low battery, 13 one link lost.';

/**
 * Huawei OceanStor (V5, V6, Dorado): ISM-STORAGE-SVC-MIB, HUAWEI-STORAGE-HARDWARE-MIB and ISM-PERFORMANCE-MIB. The object
 * identifiers were read in templates of others that were tried on a Dorado 5000 and on an OceanStor 5300 V5.
 */
export const oceanStor = defineSnmpModule({
  name: 'oceanstor',
  metrics: {
    hwInfoControllerHealthStatus: { oid: `${hardware}.2.1.2`, type: 'gauge', help: health, ...byController },
    hwInfoControllerCPUUsage: {
      oid: `${hardware}.2.1.8`,
      type: 'gauge',
      help: 'CPU usage of the controller, in percent.',
      ...byController,
    },
    hwInfoControllerMemoryUsage: {
      oid: `${hardware}.2.1.9`,
      type: 'gauge',
      help: 'Memory usage of the controller, in percent.',
      ...byController,
    },
    hwInfoDiskHealthStatus: { oid: `${hardware}.1.1.2`, type: 'gauge', help: health, ...byDisk },
    hwInfoDiskTemperature: {
      oid: `${hardware}.1.1.11`,
      type: 'gauge',
      help: 'Temperature of the disk, in degrees Celsius.',
      ...byDisk,
    },
    hwInfoFanHealthStatus: {
      oid: `${hardware}.4.1.3`,
      type: 'gauge',
      help: health,
      index: [{ label: 'fan', type: 'DisplayString' }],
    },
    hwInfoBBUHealthStatus: {
      oid: `${hardware}.5.1.3`,
      type: 'gauge',
      help: health,
      index: [{ label: 'battery', type: 'DisplayString' }],
    },
    hwInfoStoragePoolHealthStatus: { oid: `${pools}.5`, type: 'gauge', help: health, ...byPool },
    hwInfoStoragePoolTotalCapacity: { oid: `${pools}.7`, type: 'gauge', help: 'Size of the pool, in MB.', ...byPool },
    hwInfoStoragePoolFreeCapacity: { oid: `${pools}.9`, type: 'gauge', help: 'Free in the pool, in MB.', ...byPool },
    hwStorageLunStatus: {
      oid: `${system}.19.9.4.1.11`,
      type: 'gauge',
      help: 'State of the LUN; 1 normal.',
      ...byVolume,
    },
    hwPerfLunAverageIOResponseTime: {
      oid: `${system}.21.4.1.13`,
      type: 'gauge',
      help: 'Average time of a request, in microseconds.',
      ...byVolume,
    },
    hwPerfLunTotalIOPS: { oid: `${system}.21.4.1.3`, type: 'gauge', help: 'Requests a second.', ...byVolume },
  },
  maxRepetitions: 20,
});
