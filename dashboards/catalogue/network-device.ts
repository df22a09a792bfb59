import { defineClassDashboard } from 'opsctl';
import { bgpRouter, networkDevice } from 'opsctl/cmdb';

/** Dashboard of network devices. */
export const networkDeviceDashboard = defineClassDashboard(networkDevice, {
  title: { en: 'Network devices', zh: '网络设备' },
  overview: ['inUsed', 'outUsed'],
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'hardwareRead', 'interfaceUp', 'uptime'] },
    { title: { en: 'Traffic', zh: '流量' }, signals: ['inUsed', 'outUsed', 'interfaceErrors', 'interfaceDiscards'] },
    { title: { en: 'Hardware', zh: '硬件' }, signals: ['cpuBusy', 'memoryUsed', 'temperature'] },
    { title: { en: 'Topology', zh: '拓扑' }, signals: ['neighbours', 'neighboursLost'] },
  ],
});

/** Dashboard of BGP routers. */
export const bgpRouterDashboard = defineClassDashboard(bgpRouter, {
  title: { en: 'BGP sessions', zh: 'BGP 会话' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'established', 'flaps'] },
    { title: { en: 'Routes', zh: '路由' }, signals: ['prefixes', 'prefixesLost', 'updates'] },
  ],
});
