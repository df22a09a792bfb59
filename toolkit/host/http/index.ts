export type { HttpClient } from './client.ts';
export { type EndpointSettings, endpointSchema, readEndpointSettings } from './endpoint-settings.ts';
export { type PollOptions, pollServer, pollUntilHealthy } from './poll-health.ts';
export { activationByReload, openServer, type Server } from './server.ts';
