import { alert, misspeltKey } from './alert-shapes.ts';
import { workloadShape } from './cluster-workload.ts';
import { madeScriptShape } from './collection-script-shape.ts';
import { duration, severity, source, stackName, terms, tierId, timeSpan, urlOrSecret } from './declared-words.ts';
import type { ItemsDeclaration } from './define-items.ts';
import type { OrganisationDeclaration } from './define-organisation.ts';
import { includedShape } from './included-shapes.ts';
import { isolationShape } from './isolation-shapes.ts';
import { madeKubernetesHome } from './kubernetes-home.ts';
import { calendar, organisationFields, person, supplier, tenant } from './organisation-shapes.ts';
import { screen } from './panel-shapes.ts';
import type { Pipeline } from './pipeline.ts';
import type { PipelineAlertReference } from './pipeline-alert-reference.ts';
import type { PolicyReference } from './policy.ts';
import { selection } from './selection-shapes.ts';
import {
  andOthers,
  anObject,
  anything,
  type BranchShape,
  fieldsOf,
  listOf,
  made,
  maybe,
  oneOf,
  someText,
  variants,
} from './shape.ts';
import { silenceShape } from './silence-shapes.ts';
import { slo, sloId } from './slo-shapes.ts';
import type { Stack, StackHead, TuningChange } from './stack.ts';
import { targetNames } from './target-name.ts';
import { threshold } from './threshold-shapes.ts';

const pipeline = andOthers(
  made<Pick<Pipeline, 'kind' | 'id'>>(
    { kind: oneOf(['pipeline']), id: sloId },
    'a pipeline made by definePipeline({...})',
  ),
);

const policy = andOthers(
  made<PolicyReference>({ kind: oneOf(['policy']), id: someText }, 'a policy made by definePolicy({...})'),
);

const pipelineAlert = fieldsOf<PipelineAlertReference>({
  kind: oneOf(['pipeline-alert']),
  id: someText,
  pipeline: someText,
  name: someText,
});
const tunedAlert: BranchShape = {
  kind: 'branch',
  choose: (given) => {
    const isOfPipeline =
      typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'pipeline-alert';
    return isOfPipeline ? pipelineAlert : alert;
  },
};

const stackFields = {
  name: stackName,
  tier: tierId,
  site: someText,
  parent: maybe(someText),
  team: someText,
  targets: maybe(listOf(oneOf(targetNames))),
  home: maybe(madeKubernetesHome),
  retention: maybe(timeSpan),
  deadMan: maybe(urlOrSecret),
};

/** The arguments of each call, by the names that they have in its declaration. */
export const stackShapes = {
  head: fieldsOf<StackHead>(stackFields),
  operate: fieldsOf<{ selection: unknown }>({ selection }),
  uphold: fieldsOf<{ slo: unknown }>({ slo }),
  collect: fieldsOf<{ pipeline: unknown; selection: unknown }>({ pipeline, selection }),
  schedule: fieldsOf<{ script: unknown; selection: unknown }>({ script: madeScriptShape, selection }),
  display: fieldsOf<{ screen: unknown }>({ screen }),
  reach: fieldsOf<{ selection: unknown; at: unknown }>({ selection, at: workloadShape }),
  include: fieldsOf<{ content: unknown; terms?: unknown }>({ content: includedShape, terms: maybe(terms) }),
  tune: fieldsOf<{ selection: unknown; alert: unknown; change: unknown }>({
    selection,
    alert: tunedAlert,
    change: fieldsOf<TuningChange>(
      { threshold: maybe(threshold), for: maybe(duration), severity: maybe(severity), reason: someText },
      'what changes, and why: { threshold, for, severity, reason }',
    ),
  }),
  waive: fieldsOf<{ selection: unknown; waived: unknown; terms: unknown }>({
    selection,
    waived: variants(
      'kind',
      { alert, policy, 'pipeline-alert': pipelineAlert },
      { expected: 'an alert of a pack, or a policy', remedy: misspeltKey },
    ),
    terms,
  }),
  silence: silenceShape,
  isolate: isolationShape,
  protect: fieldsOf<{ pattern: string; reason: string }>({ pattern: someText, reason: someText }),
  muteDrift: fieldsOf<{ pattern: string; terms: unknown }>({ pattern: someText, terms }),
  renamed: fieldsOf<{ from: string; to: string }>({ from: someText, to: someText }),
};

/**
 * What files export. The calls give nothing else; but an object can be written by hand, or be a changed copy of what a
 * call gave.
 */
export const exportShapes = {
  organisation: made<OrganisationDeclaration>(
    {
      ...organisationFields,
      people: listOf(person),
      tenants: listOf(tenant),
      suppliers: listOf(supplier),
      calendars: listOf(calendar),
      kind: anything,
      source,
    },
    'an organisation made by defineOrganisation({...})',
  ),
  stack: andOthers(
    made<Stack>(
      {
        ...stackFields,
        targets: listOf(oneOf(targetNames)),
        operations: listOf(andOthers(stackShapes.operate)),
        objectives: listOf(andOthers(stackShapes.uphold)),
        collections: listOf(andOthers(stackShapes.collect)),
        scripts: listOf(andOthers(stackShapes.schedule)),
        screens: listOf(andOthers(stackShapes.display)),
        workloads: listOf(andOthers(stackShapes.reach)),
        inclusions: listOf(andOthers(stackShapes.include)),
        tunings: listOf(andOthers(stackShapes.tune)),
        waivers: listOf(andOthers(stackShapes.waive)),
        silences: listOf(andOthers(stackShapes.silence)),
        isolations: listOf(andOthers(stackShapes.isolate)),
        protections: listOf(andOthers(stackShapes.protect)),
        mutes: listOf(andOthers(stackShapes.muteDrift)),
        renames: listOf(andOthers(stackShapes.renamed)),
        kind: anything,
        source,
      },
      'a stack made by defineStack({...})',
    ),
  ),
  items: made<ItemsDeclaration>({ kind: anything, items: listOf(anObject) }, 'items made by defineItems(class, [...])'),
};
