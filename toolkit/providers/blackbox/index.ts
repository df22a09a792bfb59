export { blackboxDiagnostics } from './diagnostics.ts';
export { blackboxProvider } from './provider.ts';
