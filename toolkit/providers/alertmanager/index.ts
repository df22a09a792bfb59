export { alertmanagerDiagnostics } from './diagnostics.ts';
export { alertmanagerProvider } from './provider.ts';
