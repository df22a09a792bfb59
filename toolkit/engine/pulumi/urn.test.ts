import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeAddress } from '../../model/index.ts';
import {
  addressOfUrn,
  clusterChildToken,
  pulumiStackName,
  readPulumiStackName,
  splitUrn,
  stackUrn,
  typeToken,
  urnOf,
} from './urn.ts';

const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/);
const name = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => /^[^\s/#\\\p{Cc}]+$/u.test(text));
const place = fc.record({ project: word, stack: fc.tuple(word, word).map((words) => words.join('.')) });

describe('URNs of Pulumi', () => {
  it('an address is found again in its URN, whatever its name holds', () => {
    fc.assert(
      fc.property(place, word, word, name, (where, stack, type, object) => {
        const address = makeAddress({ stack, type, name: object });
        expect(addressOfUrn(urnOf(where, address))).toBe(address);
      }),
    );
  });

  it('the name of a Pulumi stack gives environment and stack again', () => {
    fc.assert(
      fc.property(word, word, (environment, stack) => {
        expect(readPulumiStackName(pulumiStackName({ environment, stack }))).toEqual({ environment, stack });
      }),
    );
  });

  const mark = 'urn:pulumi:lab.plant-1::opsctl::';
  it.each([
    { name: 'an object', urn: `${mark}${typeToken('file')}::plant-1/file/motd`, address: 'plant-1/file/motd' },
    {
      name: 'an object below a component',
      urn: `${mark}opsctl:index:MonitoredService$${typeToken('file')}::plant-1/file/motd`,
      address: 'plant-1/file/motd',
    },
    {
      name: 'a name with two colons',
      urn: `${mark}${typeToken('file')}::plant-1/file/a::b`,
      address: 'plant-1/file/a::b',
    },
    {
      name: 'the record of the stack',
      urn: stackUrn({ project: 'opsctl', stack: 'lab.plant-1' }, 'plant-1'),
      address: null,
    },
    { name: 'a resource of another program', urn: `${mark}aws:s3/bucket:Bucket::logs`, address: null },
    { name: 'a type that its name contradicts', urn: `${mark}${typeToken('file')}::plant-1/rules/motd`, address: null },
    { name: 'what is no URN', urn: 'plant-1/file/motd', address: null },
  ])('$name: $address', ({ urn, address }) => {
    expect(addressOfUrn(urn)).toBe(address);
  });

  it.each([
    { name: 'acme/lab.plant-1', expected: { environment: 'lab', stack: 'plant-1' } },
    { name: 'dev', expected: null },
    { name: 'a.b.c', expected: null },
  ])('a Pulumi stack $name is $expected', ({ name: text, expected }) => {
    expect(readPulumiStackName(text)).toEqual(expected);
  });

  it.each([
    { name: 'gate', kind: 'ConfigMap', token: 'kubernetes:core/v1:ConfigMap' },
    { name: 'robot', kind: 'ServiceAccount', token: 'kubernetes:core/v1:ServiceAccount' },
    { name: 'default', kind: 'ServiceAccount', token: 'kubernetes:core/v1:ServiceAccountPatch' },
  ])('the $kind $name of a cluster is a $token', ({ name: text, kind, token }) => {
    expect(clusterChildToken({ apiVersion: 'v1', kind, metadata: { name: text } })).toBe(token);
  });

  it('the type of a resource is the last of those above it', () => {
    expect(splitUrn(`${mark}a:b:C$d:e:F::x`)).toEqual({ type: 'd:e:F', name: 'x' });
  });
});
