/** The reference organisation holds itself to all policies of the catalogue. */
export { standardPolicies as default } from 'opsctl/policies';
