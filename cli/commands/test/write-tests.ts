import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printYaml } from '../../../toolkit/languages/yaml/index.ts';
import { partName, ruleDocument, type TestBatch, testDocument } from '../../../toolkit/rule-tests/index.ts';

/** Two files for each rule, `<stack>/<class>/<alert>.rules.yaml` and `.test.yaml`; gives how many were written. */
export async function writeTests(root: string, batches: readonly TestBatch[]): Promise<number> {
  for (const batch of batches) {
    const [test] = batch.tests;
    if (test === undefined) continue;
    const { file } = test.rule;
    const folder = join(root, file.stack, file.name);
    const name = partName(test.rule).replaceAll(/[^\w.-]/g, '-');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.rules.yaml`), printYaml(ruleDocument(batch.rules)));
    await writeFile(join(folder, `${name}.test.yaml`), printYaml(testDocument(batch, `${name}.rules.yaml`)));
  }
  return batches.length * 2;
}
