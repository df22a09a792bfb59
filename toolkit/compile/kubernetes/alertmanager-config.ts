import type { Diagnostic } from '../../diagnostics/index.ts';
import { isJsonObject, type JsonObject, type Resource } from '../../model/index.ts';
import { zoneOffset } from '../local-time.ts';
import { homeDiagnostics } from './diagnostics.ts';
import { objectsIn } from './field-names.ts';
import { templateInliner } from './inline-templates.ts';
import { findLostAlerts } from './namespace-matcher.ts';
import { clusterName } from './object-names.ts';
import { type TranslatedReceiver, translateReceiver } from './receivers.ts';
import { translateInhibition, translateRoute } from './routes.ts';
import { keySecrets, secretDraft } from './secrets.ts';
import { moveInterval } from './time-intervals.ts';
import { type HomeContext, movedParts, type Translated, tellUnsaid } from './translation.ts';

const kind = 'AlertmanagerConfig';
const remedy =
  "Give the stack an Alertmanager of its own, whose configuration has all fields: routing: { as: 'secret' }.";

/** What is said once for a whole Alertmanager, by whoever has its object. */
const saidByItsOwner = new Set(['global', 'templates', 'route', 'receivers', 'inhibit_rules', 'time_intervals']);

/**
 * The routing of a stack as a branch of the Alertmanager that selects it. Its root takes what no route below does, of the
 * alerts that an Alertmanager of its own would hear.
 */
export function translateSharedRouting(context: HomeContext, resource: Resource): Translated {
  const { stack } = context.operated;
  const config = isJsonObject(resource.spec.config) ? resource.spec.config : {};
  const secrets = keySecrets(context, 'receivers', config);
  const inline = templateInliner(templatesOf(context));
  const route = translateRoute(isJsonObject(config.route) ? config.route : {});
  const receivers = objectsIn(config.receivers).map((one) => translateReceiver(one, secrets, inline));
  const intervals = objectsIn(config.time_intervals).map((one) => ({ one, moved: moveInterval(one, offsetOf) }));
  const moved = intervals.flatMap(({ moved: found }) => (found.kind === 'moved' ? [found.interval] : []));
  const inhibition = objectsIn(config.inhibit_rules).map(translateInhibition);
  const spec: JsonObject = {
    route: { ...route.route, matchers: [heardHere(context)] },
    receivers: receivers.map(({ receiver }) => receiver),
    ...(inhibition.length === 0 ? {} : { inhibitRules: inhibition }),
    ...(moved.length === 0 ? {} : { muteTimeIntervals: moved }),
  };
  return {
    objects: [
      ...secretDraft(secrets, resource),
      {
        of: resource,
        apiVersion: 'monitoring.coreos.com/v1alpha1',
        kind,
        nameOf: () => clusterName(stack.name),
        body: { spec },
        parts: movedParts(resource, '/config/route', '/spec/route'),
      },
    ],
    diagnostics: [
      ...findLostAlerts(context),
      ...tellUnsaid(
        context,
        resource,
        { what: 'The routing', pointer: '', kind, remedy },
        Object.keys(config).filter((field) => !saidByItsOwner.has(field)),
      ),
      ...tellUnsaid(context, resource, { what: 'A route', pointer: '/config/route', kind, remedy }, route.unsaid),
      ...receivers.flatMap((one) => tellReceiver(context, resource, one)),
      ...intervals.flatMap(({ one, moved: found }) =>
        found.kind === 'stuck' ? [tellZone(context, resource, String(one.name), found.zone)] : [],
      ),
    ],
  };
}

/** An Alertmanager that others share has their alerts too; of a stack are its own, and those of the stacks below. */
function heardHere({ operated, below }: HomeContext): JsonObject {
  const names = [operated.stack, ...below].map(({ name }) => name);
  return { name: 'stack', matchType: names.length === 1 ? '=' : '=~', value: names.join('|') };
}

function templatesOf({ resources }: HomeContext): readonly string[] {
  return resources.filter(({ type }) => type === 'alertmanager-template').map(({ spec }) => String(spec.text));
}

function offsetOf(zone: string): number | null {
  const offset = zoneOffset(zone);
  return offset === null || offset.hasSummerTime ? null : offset.seconds;
}

function tellReceiver(context: HomeContext, resource: Resource, { receiver, unsaid }: TranslatedReceiver) {
  const name = String(receiver.name);
  const about = { what: `The receiver ${name}`, pointer: '/config/receivers', kind, remedy };
  const written = context.operated.stack.inclusions.find(
    ({ content }) => content.kind === 'routing' && content.receivers.some((one) => one.name === name),
  );
  const position = written === undefined ? {} : { position: written.content.source };
  return tellUnsaid(context, resource, { ...about, ...position }, unsaid);
}

function tellZone({ operated }: HomeContext, resource: Resource, interval: string, zone: string): Diagnostic {
  const { organisation, stack } = operated;
  const position = organisation.calendars.some(({ id }) => interval === `hours-${id}`)
    ? organisation.source
    : stack.source;
  const facts = { stack: stack.name, interval, zone };
  return homeDiagnostics.create('zone-with-summer-time', facts, { position, subject: resource.address, found: zone });
}
