export { prometheusProvider } from './provider.ts';
