/** Label of every object that is there for a tenant, with the id of the tenant; on a namespace: whose it is. */
export const tenantLabel = 'opsctl/tenant';

/** Annotation that says why an object is as it is. */
export const reasonAnnotation = 'opsctl/reason';
