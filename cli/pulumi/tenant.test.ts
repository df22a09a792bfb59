import { describe, expect, it } from 'vitest';
import { Failure } from '../../toolkit/diagnostics/index.ts';
import { recordRegistrations } from '../../toolkit/engine/pulumi/record-registrations.ts';
import { isolatedGroup } from '../../toolkit/testing/isolated-group.ts';
import { Tenant, type TenantArgs } from './tenant.ts';

const args: TenantArgs = {
  namespaces: ['mes-prod'],
  access: { edit: ['mes-developers'] },
  quota: { cpu: '8', memory: '16Gi' },
  openings: [{ to: 'dns', reason: 'Names of services.' }],
};

describe('a tenant in a program', () => {
  it('registers its namespace and walls below itself, as objects of Kubernetes and in the words of a stack', async () => {
    const { registered, settled, resolved } = await recordRegistrations('platform', 'production');
    const tenant = new Tenant('mes', args);
    await settled();
    const { objects } = isolatedGroup([{ tenant: 'mes', terms: args }]);
    const [component, ...children] = registered;
    expect(component).toMatchObject({ type: 'opsctl:index:Tenant', name: 'mes' });
    const inputs = children.map(({ inputs: { apiVersion, kind, metadata, ...fields } }) => ({
      apiVersion,
      kind,
      metadata,
      ...fields,
    }));
    expect(inputs).toEqual(expect.arrayContaining(objects.map(({ spec }) => spec)));
    expect(children.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'kubernetes:core/v1:LimitRange mes/limitrange.mes-prod.tenant',
      'kubernetes:core/v1:Namespace mes/namespace.mes-prod',
      'kubernetes:core/v1:ResourceQuota mes/resourcequota.mes-prod.tenant',
      'kubernetes:core/v1:ServiceAccountPatch mes/serviceaccount.mes-prod.default',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy mes/networkpolicy.mes-prod.default-deny',
      'kubernetes:networking.k8s.io/v1:NetworkPolicy mes/networkpolicy.mes-prod.to-dns',
      'kubernetes:rbac.authorization.k8s.io/v1:Role mes/role.mes-prod.tenant-edit',
      'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding mes/rolebinding.mes-prod.tenant-edit',
    ]);
    expect(await resolved(tenant.objects)).toContain('ResourceQuota mes-prod/tenant');
    expect(await resolved(tenant.namespaces)).toEqual(['mes/namespace.mes-prod']);
  });

  it.each([
    {
      name: 'a namespace of the cluster itself',
      change: { namespaces: ['kube-system'] },
      code: 'tenancy/namespace-reserved',
    },
    {
      name: 'an opening to everywhere',
      change: { openings: [{ to: { cidr: '0.0.0.0/0' }, reason: 'It is easier.' }] },
      code: 'tenancy/opening-too-wide',
    },
  ])('$name is refused as it is in a stack', async ({ change, code }) => {
    await recordRegistrations('platform', 'production');
    const refused = expect.objectContaining({ diagnostic: expect.objectContaining({ code }) });
    expect(() => new Tenant('mes', { ...args, ...change })).toThrow(refused);
    expect(() => new Tenant('mes', { ...args, ...change })).toThrow(Failure);
  });
});
