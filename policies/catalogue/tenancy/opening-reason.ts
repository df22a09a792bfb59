import { definePolicy, isJsonObject, type JsonObject, type JsonValue, type PolicyInput, type Resource } from 'opsctl';
import { fewestHanCharacters, fewestWords, isReason } from '../is-reason.ts';

export const openingReason = definePolicy({
  id: 'tenancy/opening-reason',
  level: 'mandatory',
  title: { en: 'Openings between tenants must give their reason', zh: '租户之间的放行必须说明理由' },
  rationale:
    'An opening outlives the project that it was made for. Without the reason nobody dares to close it, and the wall has another hole each year.',
  remedy: `Say in at least ${fewestWords} words, or ${fewestHanCharacters} Chinese characters, who needs it and what for. A NetworkPolicy that is written by hand says so in its annotation \`opsctl/reason\`.`,
  clauses: ['S0:7.1.1.1.d/2', 'S0:7.1.2.1.d/2', 'S0:7.1.3.1.d/2'],
  check: ({ resources, stacks }) =>
    resources
      .filter((resource) => isOpening(resource, stacks))
      .flatMap((resource) => {
        const annotations = mappingIn(mappingIn(resource.spec.metadata).annotations);
        const reason = annotations['opsctl/reason'];
        const given = typeof reason === 'string' ? reason : '';
        if (isReason(given)) return [];
        const { namespace, name } = mappingIn(resource.spec.metadata);
        const message = `The NetworkPolicy ${String(name)} lets traffic through in ${String(namespace)}, and gives ${given === '' ? 'no reason' : `${JSON.stringify(given)} as the reason`}.`;
        return [{ subject: resource.address, item: null, message, found: given }];
      }),
});

/** Lets something through in a namespace of a tenant, whoever wrote it. */
function isOpening({ type, spec, address }: Resource, stacks: PolicyInput['stacks']): boolean {
  if (type !== 'kubernetes-object' || spec.kind !== 'NetworkPolicy') return false;
  const isolations = stacks.find(({ name }) => address.startsWith(`${name}/`))?.isolations ?? [];
  const namespace = mappingIn(spec.metadata).namespace;
  const { ingress, egress } = mappingIn(spec.spec);
  const isOpen = [ingress, egress].some((rules) => Array.isArray(rules) && rules.length > 0);
  return isOpen && isolations.some(({ terms }) => terms.namespaces.some((name) => name === namespace));
}

function mappingIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
