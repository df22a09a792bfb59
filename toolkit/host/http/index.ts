export type { HttpClient } from './client.ts';
export { compareRunning } from './compare-running.ts';
export { type EndpointSettings, endpointSchema, readEndpointSettings } from './endpoint-settings.ts';
export { inspectServer, type ServerFacts } from './inspect-server.ts';
export { type PollOptions, pollServer, pollUntilHealthy } from './poll-health.ts';
export { activationByReload, openServer, type Server } from './server.ts';
export { startedWith, versionIn } from './started-with.ts';
export { sideOf, whichRuns } from './which-runs.ts';
