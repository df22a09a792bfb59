export { filesProvider } from './provider.ts';
