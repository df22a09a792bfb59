import { expect, it } from 'vitest';
import { wire } from '../../cli/wire.ts';
import { readBindings } from '../../toolkit/compile/bindings/index.ts';
import { targetNames } from '../../toolkit/model/target-name.ts';
import { exampleBinding } from '../../toolkit/operate/example-binding.ts';

const { providers, optionalProviders = [] } = wire('/nowhere', 'test');

it.each(targetNames)('the line that is proposed for the target %s is one that its provider takes', (target) => {
  const text = `stacks:\n  plant:\n    ${exampleBinding(target)}\n`;
  const file = 'stacks/bindings/production.yaml';
  const read = readBindings({ bytes: Buffer.from(text), file, providers: [...providers, ...optionalProviders] });
  expect(read.diagnostics).toEqual([]);
  expect(read.bindings?.targets).toMatchObject([{ stack: 'plant', target }]);
});

it('no line is proposed for a name that is no target', () => {
  expect(exampleBinding('constructor')).toBeNull();
});
