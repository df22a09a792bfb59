import type { Catalogue } from 'opsctl';
import { httpEndpointAlerts, tcpServiceAlerts } from './packs/endpoints.ts';
import { hostAlerts } from './packs/host.ts';

/** Alerts of the standard classes. */
export const standardAlerts: Catalogue['alerts'] = [hostAlerts, httpEndpointAlerts, tcpServiceAlerts];

export { hostAlerts, httpEndpointAlerts, tcpServiceAlerts };
