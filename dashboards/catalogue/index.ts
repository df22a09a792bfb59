import type { Catalogue } from 'opsctl';
import { httpEndpointDashboard, tcpServiceDashboard } from './endpoints.ts';
import { hostDashboard } from './host.ts';

/** Dashboards of the standard classes. */
export const standardDashboards: Catalogue['dashboards'] = [hostDashboard, httpEndpointDashboard, tcpServiceDashboard];

export { hostDashboard, httpEndpointDashboard, tcpServiceDashboard };
