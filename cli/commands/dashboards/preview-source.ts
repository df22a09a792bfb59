import { openServer, readEndpointSettings } from '../../../toolkit/host/http/index.ts';
import { generatedWorld, prometheusSource } from '../../../toolkit/operate/dashboards/index.ts';
import { createSecretResolver } from '../../../toolkit/operate/index.ts';
import { generatedSource, type MetricsSource } from '../../../toolkit/render-dashboard/index.ts';
import type { Session } from '../../session.ts';
import type { Opened } from '../open-content.ts';
import type { CompiledDashboard } from './dashboards-in.ts';
import { previewDiagnostics } from './diagnostics.ts';

interface SourceChoice {
  readonly prometheus: string | null;
  readonly generated: boolean;
  readonly seed: number;
}

/** When made-up values are of: a picture of them is to be the same tomorrow. */
export const generatedNow = Date.UTC(2026, 0, 15, 6, 0);

/** Where the values of a compiled dashboard come from: what was asked for, or the Prometheus of its stack. */
export function sourceOf(
  choice: SourceChoice,
  session: Session,
  { repository, content }: Opened,
  { stack, name }: CompiledDashboard,
): MetricsSource {
  const made = (): MetricsSource => {
    const isClass = content.items.some((item) => item.class === name);
    return generatedSource(generatedWorld(content, stack, isClass ? name : null, choice.seed));
  };
  if (choice.generated) return made();
  if (choice.prometheus !== null) return named(choice.prometheus, session);
  const binding = repository.bindings.targets.find((one) => one.stack === stack && one.target === 'prometheus');
  const resolveSecret = createSecretResolver(repository.root, session.io.env);
  const settings = binding === undefined ? null : readEndpointSettings(binding.settings);
  const server = settings === null ? null : openServer(settings, { resolveSecret, signal: session.io.signal });
  if (server !== null) return prometheusSource(server.client, `Prometheus of ${stack}`);
  const reason = `the environment ${repository.environment} binds no Prometheus of ${stack} with a url`;
  session.tell([previewDiagnostics.create('not-bound', { name: `${stack}/${name}`, reason })]);
  return made();
}

/** For a file that belongs to no stack. */
export function standInSource(choice: SourceChoice, session: Session, name: string): MetricsSource {
  if (choice.prometheus !== null) return named(choice.prometheus, session);
  if (!choice.generated)
    session.tell([previewDiagnostics.create('not-bound', { name, reason: 'a file belongs to no stack' })]);
  return generatedSource({ seed: choice.seed, labels: {} });
}

function named(url: string, { io }: Session): MetricsSource {
  const context = { resolveSecret: async () => '', signal: io.signal };
  const server = openServer(readEndpointSettings({ url }), context);
  if (server === null) throw new Error('Bug: a URL was given.');
  return prometheusSource(server.client, url);
}
