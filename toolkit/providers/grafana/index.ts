export { grafanaDiagnostics } from './diagnostics.ts';
export { grafanaProvider } from './provider.ts';
