export { metricNames, metricsOfReading, metricsRead } from '../../toolkit/testing/absent-metrics.ts';
