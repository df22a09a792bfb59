import { type AttributeValues, choice, credential, optional, type SnmpAccess, secretAt, text } from 'opsctl';
import { fingerprint } from './fingerprint.ts';

/** How a device lets itself be asked by SNMP. Credentials are only ever named: `env:SNMP_COMMUNITY`. */
export const snmpAttributes = {
  snmpVersion: optional(choice('2c sends its community in the clear; 3 has users.', ['2c', '3']), '2c'),
  snmpCommunity: optional(credential('Where the community of SNMP 2c lies.'), 'env:SNMP_COMMUNITY'),
  snmpUser: optional(text('User of SNMP 3.'), 'opsctl'),
  snmpPassword: optional(credential('Where the password of that user lies.'), 'env:SNMP_PASSWORD'),
  snmpPasswordProtocol: optional(
    choice('How it is hashed.', ['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512']),
    'SHA',
  ),
  snmpEncryption: optional(
    credential('Where the second password lies, by which SNMP 3 is encrypted; absent: it is not.'),
  ),
  snmpEncryptionProtocol: optional(
    choice('How it is encrypted.', ['DES', 'AES', 'AES192', 'AES192C', 'AES256', 'AES256C']),
    'AES',
  ),
} as const;

/** The access that these attributes say. Its name is made of all that it is, so that equal names are equal access. */
export function snmpAccess({
  snmpVersion = '2c',
  snmpCommunity = 'env:SNMP_COMMUNITY',
  snmpUser = 'opsctl',
  snmpPassword = 'env:SNMP_PASSWORD',
  snmpPasswordProtocol = 'SHA',
  snmpEncryption,
  snmpEncryptionProtocol = 'AES',
}: AttributeValues<typeof snmpAttributes>): SnmpAccess {
  if (snmpVersion === '2c') {
    return { name: `v2_${fingerprint(snmpCommunity)}`, version: 2, community: secretAt(snmpCommunity) };
  }
  const all = [snmpUser, snmpPassword, snmpPasswordProtocol, snmpEncryption ?? '', snmpEncryptionProtocol];
  return {
    name: `v3_${fingerprint(all.join('\n'))}`,
    version: 3,
    user: snmpUser,
    password: secretAt(snmpPassword),
    passwordProtocol: snmpPasswordProtocol,
    ...(snmpEncryption === undefined
      ? {}
      : { encryption: secretAt(snmpEncryption), encryptionProtocol: snmpEncryptionProtocol }),
  };
}
