import { defineClassDashboard } from 'opsctl';
import { kvmHost, openstack, pve, vcenter } from 'opsctl/cmdb';

/** Dashboard of KVM hosts. */
export const kvmHostDashboard = defineClassDashboard(kvmHost, {
  title: { en: 'KVM hosts', zh: 'KVM 虚拟化主机' },
  overview: ['poolFree'],
  forecast: ['poolFree'],
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
  overview: ['datastoreFree', 'hostMemoryUsed'],
  forecast: ['datastoreFree'],
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

/** Dashboard of Proxmox VE clusters. */
export const pveDashboard = defineClassDashboard(pve, {
  title: { en: 'Proxmox VE', zh: 'Proxmox VE 虚拟化集群' },
  overview: ['nodeMemoryUsed', 'storageFree'],
  forecast: ['storageFree'],
  rows: [
    {
      title: { en: 'State', zh: '状态' },
      signals: ['up', 'exporterUp', 'nodeUp', 'storageUp', 'haFailed', 'guestStopped'],
    },
    { title: { en: 'Nodes', zh: '节点' }, signals: ['nodeCpuBusy', 'nodeMemoryUsed'] },
    { title: { en: 'Storage', zh: '存储' }, signals: ['storageFree'] },
    {
      title: { en: 'Backup and replication', zh: '备份与复制' },
      signals: ['notBackedUp', 'replicationFailed', 'replicationAge'],
    },
  ],
});

/** Dashboard of OpenStack clouds. */
export const openstackDashboard = defineClassDashboard(openstack, {
  title: { en: 'OpenStack', zh: 'OpenStack 云平台' },
  overview: ['memoryUsed', 'poolFree'],
  forecast: ['poolFree'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'exporterUp', 'agentUp', 'routersNotActive'] },
    {
      title: { en: 'Capacity', zh: '容量' },
      signals: ['memoryUsed', 'processorsUsed', 'poolFree', 'addressesUsed', 'guests'],
    },
  ],
});
