import { type Catalogue, items } from 'opsctl';
import { standardClasses } from 'opsctl/cmdb';
import { anItem, anOrganisation, aPolicyInput, aStack, findingsOf } from 'opsctl/testing';
import { expect, it } from 'vitest';
import { hostRelation } from './host-relation.ts';

const catalogue: Catalogue = { classes: standardClasses, alerts: [], dashboards: [] };
const organisation = anOrganisation({ catalogue });
const service = anItem({ id: 'mes-web', class: 'http-endpoint', attributes: { url: 'https://mes.example' } });
const terms = { reason: 'A service of the provider.', approver: 'ops-lead', until: '2027-03-31' };
const finding = 'mes-web is a service of class http-endpoint and names nothing that it runs on or depends on.';

it.each([
  {
    name: 'a service on a host passes',
    item: { ...service, relations: [{ type: 'runs-on', to: 'mes-vm-1' }] },
    findings: [],
  },
  {
    name: 'a service that needs another passes',
    item: { ...service, relations: [{ type: 'depends-on', to: 'mes-db' }] },
    findings: [],
  },
  { name: 'a host may stand alone', item: anItem({ id: 'mes-vm-1' }), findings: [] },
  { name: 'a service that is still planned passes', item: { ...service, stage: 'planned' as const }, findings: [] },
  { name: 'a service without relations fails', item: service, findings: [`warning mes-web: ${finding}`] },
  {
    name: 'a service that only says where it is fails',
    item: { ...service, relations: [{ type: 'located-in', to: 'room-1' }] },
    findings: [`warning mes-web: ${finding}`],
  },
  {
    name: 'a waived service is noted',
    item: service,
    stacks: [aStack('hq').waive(items.where({ id: 'mes-web' }), hostRelation, terms)],
    findings: [`notice mes-web: ${finding} Waived by ops-lead until 2027-03-31: A service of the provider.`],
  },
])('$name', ({ item, stacks = [], findings }) => {
  expect(findingsOf(hostRelation, aPolicyInput({ organisation, items: [item], stacks }))).toEqual(findings);
});
