export { parseExposition } from './parse-exposition.ts';
export { sampleKey } from './sample-key.ts';
