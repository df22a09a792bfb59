export { pipelineProviders } from './provider.ts';
