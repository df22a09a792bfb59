export { readWriteRequest, type WrittenSeries } from './read-write-request.ts';
