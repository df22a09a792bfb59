export { blackboxProvider } from './provider.ts';
