import { defineClassDashboard } from 'opsctl';
import { kvmHost, vcenter } from 'opsctl/cmdb';

/** Dashboard of KVM hosts. */
export const kvmHostDashboard = defineClassDashboard(kvmHost, {
  title: { en: 'KVM hosts', zh: 'KVM 虚拟化主机' },
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'guests', 'guestsStopped', 'guestsPaused', 'guestsCrashed'],
    },
    {
      title: { en: 'Virtual machines', zh: '虚拟机' },
      signals: ['guestCpuBusy', 'guestCpuStolen', 'guestMemory', 'guestMemoryFree'],
    },
    { title: { en: 'Disks and network', zh: '磁盘与网络' }, signals: ['guestDiskRequests', 'guestNetworkTrouble'] },
    { title: { en: 'Storage pools', zh: '存储池' }, signals: ['poolRunning', 'poolFree'] },
  ],
});

/** Dashboard of vCenters. */
export const vcenterDashboard = defineClassDashboard(vcenter, {
  title: { en: 'vCenter', zh: 'vCenter 虚拟化平台' },
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'hostsUnavailable', 'hostsInMaintenance', 'hostSensors'],
    },
    { title: { en: 'Hosts', zh: '主机' }, signals: ['hostCpuBusy', 'hostMemoryUsed', 'guestsOn'] },
    { title: { en: 'Datastores', zh: '数据存储' }, signals: ['datastoreFree', 'datastoreReachable'] },
    {
      title: { en: 'Virtual machines', zh: '虚拟机' },
      signals: ['guestWaiting', 'guestMemoryTaken', 'snapshotAge'],
    },
  ],
});
