import { PolicyPack } from '@pulumi/policy';
import { opsctlPolicies } from 'opsctl/pulumi/policy-pack';

new PolicyPack('opsctl', opsctlPolicies(import.meta.dirname));
