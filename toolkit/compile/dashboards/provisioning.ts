import type { JsonObject, Resource } from '../../model/index.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced } from '../operated-stack.ts';

/** What makes Grafana load the dashboards, and ask the Prometheus of its control point. */
export function compileProvisioning(operated: OperatedStack): readonly Resource[] {
  return [datasource(operated), dashboardProvider(operated)];
}

function datasource(operated: OperatedStack): Resource {
  const { stack, surroundings } = operated;
  const url = `http://${surroundings.targetEndpoint(stack.name, 'prometheus')}`;
  return provisioning(operated, 'datasources', {
    apiVersion: 1,
    datasources: [
      {
        name: `Prometheus ${stack.name}`,
        uid: `opsctl-${stack.name}`,
        type: 'prometheus',
        access: 'proxy',
        url,
        isDefault: true,
        editable: false,
        // Grafana reckons $__rate_interval from it: with its own 15s, rates over two scrapes would have gaps.
        jsonData: { httpMethod: 'POST', timeInterval: paced(operated, '30s') },
      },
    ],
  });
}

function dashboardProvider(operated: OperatedStack): Resource {
  const path = `${operated.surroundings.targetDirectory(operated.stack.name, 'grafana')}/dashboards`;
  return provisioning(operated, 'dashboards', {
    apiVersion: 1,
    providers: [
      {
        name: 'opsctl',
        type: 'file',
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: 30,
        options: { path, foldersFromFilesStructure: true },
      },
    ],
  });
}

function provisioning(operated: OperatedStack, kind: 'datasources' | 'dashboards', document: JsonObject): Resource {
  return makeResource(operated, {
    type: 'grafana-provisioning',
    name: kind,
    target: 'grafana',
    spec: { kind, name: 'opsctl', document },
    items: operated.monitored,
    derivation: [operatedStep(operated, `a Grafana that reads its ${kind} from files`)],
  });
}
