export { exporterProviders } from './provider.ts';
