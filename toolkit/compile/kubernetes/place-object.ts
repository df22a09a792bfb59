import { objectName } from '../../languages/kubernetes/identity.ts';
import {
  type Address,
  addressFields,
  type DerivationStep,
  type JsonObject,
  makeAddress,
  type Resource,
} from '../../model/index.ts';
import { namePattern } from '../address-pattern.ts';
import type { HomeContext, ObjectDraft } from './translation.ts';

/** The resource type of whatever a cluster holds. */
const type = 'kubernetes-object';

/** For those that look at the cluster: of what it was made. By whom, a label says that it is given when it is put there. */
const originAnnotation = 'opsctl/address';

/** Completes an object with what all of its stack have, and with what is known of its origin. */
export function placeObject(context: HomeContext, draft: ObjectDraft): Resource {
  const { of, item } = draft;
  const { stack } = context.operated;
  const manifest = manifestOf(context, draft, addressFields(of.address).name);
  const name = objectName(manifest);
  const isProtected = stack.protections.some(({ pattern }) => namePattern(pattern)(`${type}/${name}`));
  const formerNames = of.aliases.map((alias) => objectName(manifestOf(context, draft, addressFields(alias).name)));
  return {
    ...of,
    address: makeAddress({ stack: stack.name, type, name }),
    aliases: [...formerNames, ...renamedFrom(context, name)].map((former) =>
      makeAddress({ stack: stack.name, type, name: former }),
    ),
    type,
    target: 'kubernetes',
    spec: manifest,
    origin: of.address,
    lifecycle: isProtected ? { ...of.lifecycle, protect: true } : of.lifecycle,
    ...(item === undefined ? {} : { owner: item.owner, tenant: item.tenant, criticality: item.criticality }),
    derivation: [...of.derivation, homeStep(context, of.address, manifest)],
    parts: draft.parts ?? [],
  };
}

function manifestOf({ home }: HomeContext, draft: ObjectDraft, formed: string): JsonObject {
  return {
    apiVersion: draft.apiVersion,
    kind: draft.kind,
    metadata: {
      name: draft.nameOf(formed),
      namespace: home.namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'opsctl',
        ...home.labels,
        ...draft.labels,
      },
      annotations: { [originAnnotation]: draft.of.address, ...draft.annotations },
    },
    ...draft.body,
  };
}

function renamedFrom({ operated }: HomeContext, name: string): readonly string[] {
  return operated.stack.renames
    .filter(({ to, from }) => to === `${type}/${name}` && from.startsWith(`${type}/`))
    .map(({ from }) => from.slice(type.length + 1));
}

function homeStep({ operated, home }: HomeContext, origin: Address, { kind }: JsonObject): DerivationStep {
  const { stack } = operated;
  return {
    kind: 'declaration',
    subject: stack.name,
    text: `${stack.name} is at home in a cluster, in the namespace ${home.namespace}; ${origin} is ${nameKind(String(kind))} there.`,
    source: stack.source,
  };
}

function nameKind(kind: string): string {
  return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
