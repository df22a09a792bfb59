import { groupOf } from './identity.ts';
import { isMapping, listOf, type Manifest, type ManifestValue, mappingOf, textOf } from './manifest.ts';

/** Whether an object has become what it was declared to be, by the rules that kstatus has written down. */
export type ObjectStatus =
  | { readonly state: 'current'; readonly reason: string }
  | { readonly state: 'in-progress'; readonly reason: string }
  | { readonly state: 'failed'; readonly reason: string };

/** Judges a live object by its status. Pure: the object says all that is looked at. */
export function objectStatus(live: Manifest): ObjectStatus {
  const general = generalStatus(live);
  if (general !== null) return general;
  const rule = rules[`${groupOf(textOf(live.apiVersion))}/${textOf(live.kind)}`];
  return rule === undefined ? byReadyCondition(live) : rule(live);
}

/** The newest condition of a kind, such as `Ready`. */
export function conditionOf(live: Manifest, type: string): { readonly status: string; readonly text: string } | null {
  const found = listOf(mappingOf(live.status).conditions)
    .map(mappingOf)
    .find((condition) => condition.type === type);
  if (found === undefined) return null;
  const text = [found.reason, found.message].map(textOf).filter((part) => part !== '');
  return { status: textOf(found.status), text: text.join(': ') };
}

/** What holds for every kind; null where its own rule decides. */
function generalStatus(live: Manifest): ObjectStatus | null {
  const { deletionTimestamp, finalizers, generation } = mappingOf(live.metadata);
  if (deletionTimestamp !== undefined) {
    const names = listOf(finalizers).map(textOf);
    return inProgress(`it is being deleted${names.length === 0 ? '' : `, which waits for ${names.join(', ')}`}`);
  }
  const { observedGeneration } = mappingOf(live.status);
  if (typeof observedGeneration === 'number' && observedGeneration !== generation)
    return inProgress('its controller has not seen the present version yet');
  const [stalled, reconciling] = [conditionOf(live, 'Stalled'), conditionOf(live, 'Reconciling')];
  if (stalled?.status === 'True') return failed(stalled.text);
  return reconciling?.status === 'True' ? inProgress(reconciling.text) : null;
}

function byReadyCondition(live: Manifest): ObjectStatus {
  const ready = conditionOf(live, 'Ready');
  if (ready === null || ready.status === 'True') return current('it is in place');
  return inProgress(`it is not ready${ready.text === '' ? '' : ` (${ready.text})`}`);
}

type Rule = (live: Manifest) => ObjectStatus;

const rules: Readonly<Record<string, Rule>> = {
  '/Namespace': ({ status }) => {
    const phase = textOf(mappingOf(status).phase);
    return phase === 'Active' ? current('it is active') : inProgress(`its phase is ${phase || 'not known'}`);
  },
  '/PersistentVolumeClaim': ({ status }) => {
    const phase = textOf(mappingOf(status).phase);
    return phase === 'Bound' ? current('it is bound') : inProgress(`its phase is ${phase || 'not known'}`);
  },
  '/Pod': podStatus,
  '/Service': ({ spec, status }) => {
    if (mappingOf(spec).type !== 'LoadBalancer') return current('it is in place');
    const addresses = listOf(mappingOf(mappingOf(status).loadBalancer).ingress);
    return addresses.length > 0 ? current('it has an address') : inProgress('it has no address of a load balancer yet');
  },
  'apiextensions.k8s.io/CustomResourceDefinition': (live) => {
    const [names, established] = [conditionOf(live, 'NamesAccepted'), conditionOf(live, 'Established')];
    if (names?.status === 'False') return failed(`its names are not accepted (${names.text})`);
    return established?.status === 'True' ? current('it is established') : inProgress('it is not established yet');
  },
  'apps/Deployment': deploymentStatus,
  'apps/DaemonSet': ({ status }) => {
    const { desiredNumberScheduled: wanted, ...counts } = numbersOf(status);
    if (mappingOf(status).observedGeneration === undefined) return unseen;
    return counted(wanted ?? 0, [
      ['updated', counts.updatedNumberScheduled],
      ['available', counts.numberAvailable],
    ]);
  },
  'apps/StatefulSet': (live) => {
    const { spec, status } = live;
    if (mappingOf(status).observedGeneration === undefined) return unseen;
    const { updatedReplicas, readyReplicas } = numbersOf(status);
    const isByHand = mappingOf(mappingOf(spec).updateStrategy).type === 'OnDelete';
    return counted(replicasOf(spec), [
      ...(isByHand ? [] : [['updated', updatedReplicas] as const]),
      ['ready', readyReplicas],
    ]);
  },
  'apps/ReplicaSet': ({ spec, status }) =>
    counted(replicasOf(spec), [['available', numbersOf(status).availableReplicas]]),
  'batch/Job': (live) => {
    const [failure, complete] = [conditionOf(live, 'Failed'), conditionOf(live, 'Complete')];
    if (failure?.status === 'True') return failed(failure.text || 'the job failed');
    if (complete?.status === 'True') return current('the job is complete');
    // As kstatus has it: a job that has begun is what was asked for.
    return mappingOf(live.status).startTime === undefined
      ? inProgress('the job has not begun')
      : current('the job runs');
  },
};

function deploymentStatus(live: Manifest): ObjectStatus {
  const { spec, status } = live;
  if (mappingOf(status).observedGeneration === undefined) return unseen;
  const progressing = conditionOf(live, 'Progressing');
  if (progressing?.text.startsWith('ProgressDeadlineExceeded') === true) return failed(progressing.text);
  const { updatedReplicas, availableReplicas, replicas = 0 } = numbersOf(status);
  const wanted = replicasOf(spec);
  if (replicas > wanted) return inProgress(`${replicas - wanted} former replicas are still there`);
  return counted(wanted, [
    ['updated', updatedReplicas],
    ['available', availableReplicas],
  ]);
}

function podStatus(live: Manifest): ObjectStatus {
  const phase = textOf(mappingOf(live.status).phase);
  if (phase === 'Succeeded') return current('it has ended well');
  const waiting = listOf(mappingOf(live.status).containerStatuses)
    .map((container) => mappingOf(mappingOf(mappingOf(container).state).waiting))
    .find(({ reason }) => /BackOff|Err|Invalid/.test(textOf(reason)));
  if (waiting !== undefined)
    return inProgress([waiting.reason, waiting.message].map(textOf).filter(Boolean).join(': '));
  if (phase === 'Failed') return failed(textOf(mappingOf(live.status).message) || 'it has failed');
  return conditionOf(live, 'Ready')?.status === 'True'
    ? current('it is ready')
    : inProgress(`its phase is ${phase || 'Pending'}`);
}

/** `2 of 3 replicas are updated`; current when none is missing. */
function counted(wanted: number, counts: readonly (readonly [string, number | undefined])[]): ObjectStatus {
  const lacking = counts.find(([, count]) => (count ?? 0) < wanted);
  if (lacking === undefined) return current(`${wanted} of ${wanted} replicas are ${counts.at(-1)?.[0] ?? 'there'}`);
  return inProgress(`${lacking[1] ?? 0} of ${wanted} replicas are ${lacking[0]}`);
}

function replicasOf(spec: ManifestValue | undefined): number {
  const { replicas } = mappingOf(spec);
  return typeof replicas === 'number' ? replicas : 1;
}

function numbersOf(status: ManifestValue | undefined): Readonly<Record<string, number | undefined>> {
  if (!isMapping(status)) return {};
  return Object.fromEntries(
    Object.entries(status).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}

/** Where no controller runs, this is all that there ever is to say. */
const unseen: ObjectStatus = { state: 'in-progress', reason: 'no controller has looked at it yet' };

function current(reason: string): ObjectStatus {
  return { state: 'current', reason };
}

function inProgress(reason: string): ObjectStatus {
  return { state: 'in-progress', reason };
}

function failed(reason: string): ObjectStatus {
  return { state: 'failed', reason };
}
