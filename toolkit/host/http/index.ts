export { type HttpClient, type HttpClientOptions, httpClient } from './client.ts';
export { httpDiagnostics } from './diagnostics.ts';
export { type EndpointSettings, endpointSchema, readEndpointSettings } from './endpoint-settings.ts';
export { type PollOptions, pollServer, pollUntilHealthy } from './poll-health.ts';
export { activationByReload, openServer, type Server } from './server.ts';
export { endpoint, type HttpAnswer, type HttpRequest, request, requestJson, requestText } from './request.ts';
