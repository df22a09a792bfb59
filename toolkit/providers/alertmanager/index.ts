export { alertmanagerProvider } from './provider.ts';
