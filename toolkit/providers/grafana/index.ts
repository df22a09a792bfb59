export { grafanaProvider } from './provider.ts';
