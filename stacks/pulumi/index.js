// Plain JavaScript that any Node reads, because Pulumi's own loads it before anything else. It says what is missing in a
// sentence: what it throws as a RunError, Pulumi shows without a stack.
import pulumi from '@pulumi/pulumi';

const [major] = process.versions.node.split('.');
if (Number(major) < 26)
  throw new pulumi.RunError(
    `opsctl needs Node 26, and the node that Pulumi found on PATH is ${process.version}: put the folder of Node 26 first on PATH.`,
  );

const { runProgram } = await import('opsctl/pulumi/program').catch(explain);
await runProgram();

/** @type {(cause: NodeJS.ErrnoException) => never} */
function explain(cause) {
  if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause;
  throw new pulumi.RunError(
    cause.message.includes('/dist/')
      ? "opsctl is not built: run 'npm run build' in its clone, or set NODE_OPTIONS=--conditions=opsctl-source."
      : `opsctl is not installed here: run 'npm install' in the repository. (${cause.message})`,
  );
}
