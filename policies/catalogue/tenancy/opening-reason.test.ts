import { aPolicyInput, aResource, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { openingReason } from './opening-reason.ts';

const stack = aStack('plant-east-1', { targets: ['kubernetes'] }).isolate('mes', {
  namespaces: ['mes-prod'],
  access: { edit: ['mes-developers'] },
  quota: { cpu: '8', memory: '16Gi' },
});
const open = { ingress: [{}] };

it.each([
  { name: 'says why', namespace: 'mes-prod', spec: open, reason: 'Orders from the ERP.', says: null },
  { name: 'lets nothing through', namespace: 'mes-prod', spec: { ingress: [] }, says: null },
  { name: 'is in no tenant’s namespace', namespace: 'web', spec: open, says: null },
  { name: 'says nothing', namespace: 'mes-prod', spec: open, says: 'no reason' },
  { name: 'opens the way out', namespace: 'mes-prod', spec: { egress: [{}] }, says: 'no reason' },
  { name: 'says too little', namespace: 'mes-prod', spec: open, reason: 'needed', says: '"needed" as the reason' },
])('a policy that $name', ({ namespace, spec, says, reason }) => {
  const annotations = reason === undefined ? {} : { 'opsctl/reason': reason };
  const resource = aResource('plant-east-1/kubernetes-object/networkpolicy.x', {
    type: 'kubernetes-object',
    spec: { kind: 'NetworkPolicy', metadata: { name: 'x', namespace, annotations }, spec },
  });
  const finding = `error ${resource.address}: The NetworkPolicy x lets traffic through in ${namespace}, and gives ${says}.`;
  expect(findingsOf(openingReason, aPolicyInput({ stacks: [stack], resources: [resource] }))).toEqual(
    says === null ? [] : [finding],
  );
});
