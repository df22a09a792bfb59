import { defineClassDashboard } from 'opsctl';
import { browserJourney, dnsName, grpcService, networkPath } from 'opsctl/cmdb';

/** Dashboard of ways through the network. */
export const networkPathDashboard = defineClassDashboard(networkPath, {
  title: { en: 'Network paths', zh: '网络链路' },
  rows: [{ title: { en: 'State', zh: '状态' }, signals: ['up', 'probed', 'loss', 'roundTrip'] }],
});

/** Dashboard of names. */
export const dnsNameDashboard = defineClassDashboard(dnsName, {
  title: { en: 'DNS names', zh: 'DNS 解析' },
  rows: [{ title: { en: 'State', zh: '状态' }, signals: ['up', 'probed', 'duration', 'answers'] }],
});

/** Dashboard of gRPC services. */
export const grpcServiceDashboard = defineClassDashboard(grpcService, {
  title: { en: 'gRPC services', zh: 'gRPC 服务' },
  rows: [
    { title: { en: 'State', zh: '状态' }, signals: ['up', 'probed', 'statusCode'] },
    { title: { en: 'Time', zh: '时间' }, signals: ['duration', 'certificateTimeLeft'] },
  ],
});

/** Dashboard of browser journeys. */
export const browserJourneyDashboard = defineClassDashboard(browserJourney, {
  title: { en: 'Browser journeys', zh: '浏览器拨测' },
  rows: [{ title: { en: 'State', zh: '状态' }, signals: ['up', 'succeeded', 'duration', 'sinceRun'] }],
});
