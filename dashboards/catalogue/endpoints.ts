import { defineClassDashboard } from 'opsctl';
import { httpEndpoint, tcpService } from 'opsctl/cmdb';

/** Dashboard of HTTP endpoints. */
export const httpEndpointDashboard = defineClassDashboard(httpEndpoint, {
  title: { en: 'HTTP endpoints', zh: 'HTTP 服务端点' },
  rows: [
    { title: { en: 'Availability', zh: '可用性' }, signals: ['up', 'probed', 'statusCode'] },
    { title: { en: 'Speed and certificates', zh: '速度与证书' }, signals: ['duration', 'certificateTimeLeft'] },
  ],
});

/** Dashboard of TCP services. */
export const tcpServiceDashboard = defineClassDashboard(tcpService, {
  title: { en: 'TCP services', zh: 'TCP 服务' },
  rows: [
    {
      title: { en: 'Availability and speed', zh: '可用性与速度' },
      signals: ['up', 'probed', 'duration', 'certificateTimeLeft'],
    },
  ],
});
