/** The providers that the package has for Pulumi. */
export type ProviderName = 'object' | 'stack';

/**
 * What Pulumi keeps in its state as the code of a resource's provider, and runs in the process that writes objects: an
 * import of this package and a name. It holds nothing of the program that registered the resource, so the resource can be
 * deleted years later by whatever version is installed then. Resolved from the folder of the project: text has no place.
 */
export function providerText(name: ProviderName): string {
  const project = 'require("node:module").createRequire(process.cwd() + "/Pulumi.yaml")';
  return `exports.handler = () => ${project}("opsctl/pulumi/provider").provider("${name}");`;
}
