import { defineItems } from 'opsctl';
import { httpEndpoint } from 'opsctl/cmdb';

/** Who watches the watchers: each control point's Prometheus and Alertmanager are items like any other. */
const controlPoints = [
  { site: 'hq', prefix: 'hq', host: 'hq-mon-1' },
  { site: 'region-east', prefix: 're', host: 're-mon-1' },
  { site: 'region-west', prefix: 'rw', host: 'rw-mon-1' },
  { site: 'plant-east-1', prefix: 'pe1', host: 'pe1-hist-1' },
  { site: 'plant-east-2', prefix: 'pe2', host: 'pe2-energy-1' },
  { site: 'plant-west-1', prefix: 'pw1', host: 'pw1-mes-1' },
] as const;

export default defineItems(
  httpEndpoint,
  controlPoints.flatMap(({ site, prefix, host }) => [
    {
      id: `${prefix}-prometheus`,
      title: { en: `Prometheus of ${site}`, zh: `${site} 的 Prometheus` },
      site,
      owner: `${site}-ops`,
      criticality: 'high',
      attributes: { url: `http://prometheus.${site}:9090/-/healthy` },
      relations: { 'runs-on': host },
    },
    {
      id: `${prefix}-alertmanager`,
      title: { en: `Alertmanager of ${site}`, zh: `${site} 的 Alertmanager` },
      site,
      owner: `${site}-ops`,
      criticality: 'high',
      attributes: { url: `http://alertmanager.${site}:9093/-/healthy` },
      relations: { 'runs-on': host },
    },
  ]),
);
