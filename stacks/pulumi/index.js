// Plain JavaScript, because Pulumi's own Node loads it before anything else.
import { runProgram } from 'opsctl/pulumi/program';

await runProgram();
