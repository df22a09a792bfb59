// `opsctl/pulumi`: for people who write Pulumi programs themselves.
export type { ServiceDeclaration } from './compile-service.ts';
export { MonitoredService, type MonitoredServiceArgs, type ServiceTargets } from './monitored-service.ts';
export { Tenant, type TenantArgs } from './tenant.ts';
