import type { Catalogue } from 'opsctl';
import { httpEndpoint, tcpService } from './classes/endpoints.ts';
import { host } from './classes/host.ts';

/** Classes that any organisation uses. */
export const standardClasses: Catalogue['classes'] = [host, httpEndpoint, tcpService];

export { host, httpEndpoint, tcpService };
