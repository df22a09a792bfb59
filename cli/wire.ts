import { createEmbeddedEngine } from '../toolkit/engine/embedded/embedded-engine.ts';
import { createFileBackend } from '../toolkit/engine/state/file-backend.ts';
import type { Provider } from '../toolkit/model/index.ts';
import type { Wiring } from '../toolkit/operate/index.ts';
import { alertmanagerProvider } from '../toolkit/providers/alertmanager/index.ts';
import { blackboxProvider } from '../toolkit/providers/blackbox/index.ts';
import { exporterProviders } from '../toolkit/providers/exporter/index.ts';
import { filesProvider } from '../toolkit/providers/files/index.ts';
import { grafanaProvider } from '../toolkit/providers/grafana/index.ts';
import { pipelineProviders } from '../toolkit/providers/pipelines/index.ts';
import { prometheusProvider } from '../toolkit/providers/prometheus/index.ts';

/** The real systems that opsctl knows. This is the one file that names them. */
const providers: readonly Provider[] = [
  filesProvider,
  prometheusProvider,
  alertmanagerProvider,
  blackboxProvider,
  ...exporterProviders,
  ...pipelineProviders,
  grafanaProvider,
];

/**
 * The providers, with the engine that keeps its state below `stateRoot`. Whoever meets its lock is told the `command`,
 * without the values that it was given: they may be confidential.
 */
export function wire(stateRoot: string, command: string): Wiring {
  const backend = createFileBackend(stateRoot);
  return { providers, engine: createEmbeddedEngine({ backend, command: `opsctl ${command}` }) };
}
