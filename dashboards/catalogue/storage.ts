import { defineClassDashboard } from 'opsctl';
import { ceph, storageArray } from 'opsctl/cmdb';

/** Dashboard of storage arrays. */
export const storageArrayDashboard = defineClassDashboard(storageArray, {
  title: { en: 'Storage arrays', zh: '存储阵列' },
  overview: ['poolFree'],
  forecast: ['poolFree'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'controllersWell', 'disksWell', 'poolsWell', 'volumesWell'],
    },
    { title: { en: 'Capacity', zh: '容量' }, signals: ['poolFree', 'volumeUsed', 'replicationLag'] },
    {
      title: { en: 'Performance', zh: '性能' },
      signals: ['volumeLatency', 'volumeRequests', 'controllerBusy', 'controllerMemoryUsed'],
    },
    {
      title: { en: 'Parts', zh: '部件' },
      signals: ['fansWell', 'batteriesWell', 'partsFailed', 'diskTemperature'],
    },
  ],
});

/** Dashboard of Ceph clusters. */
export const cephDashboard = defineClassDashboard(ceph, {
  title: { en: 'Ceph clusters', zh: 'Ceph 存储集群' },
  overview: ['used'],
  forecast: ['used'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'health', 'checks', 'monitorsInQuorum'] },
    { title: { en: 'Capacity', zh: '容量' }, signals: ['used', 'poolUsed'] },
    {
      title: { en: 'Placement groups and objects', zh: '归置组与对象' },
      signals: ['groupsInactive', 'groupsDegraded', 'groupsInconsistent', 'objectsUnfound'],
    },
    { title: { en: 'Disks', zh: '磁盘' }, signals: ['osdsDown', 'osdsDownShare', 'osdLatency', 'slowRequests'] },
  ],
});
