export { prometheusDiagnostics } from './diagnostics.ts';
export { prometheusProvider } from './provider.ts';
