export { filesDiagnostics } from './diagnostics.ts';
export { filesProvider } from './provider.ts';
