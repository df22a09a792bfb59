import { defineClassDashboard } from 'opsctl';
import { networkDevice } from 'opsctl/cmdb';

/** Dashboard of network devices. */
export const networkDeviceDashboard = defineClassDashboard(networkDevice, {
  title: { en: 'Network devices', zh: '网络设备' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'hardwareRead', 'interfaceUp', 'uptime'] },
    { title: { en: 'Traffic', zh: '流量' }, signals: ['inUsed', 'outUsed', 'interfaceErrors', 'interfaceDiscards'] },
    { title: { en: 'Hardware', zh: '硬件' }, signals: ['cpuBusy', 'memoryUsed', 'temperature'] },
    { title: { en: 'Topology', zh: '拓扑' }, signals: ['neighbours', 'neighboursLost'] },
  ],
});
