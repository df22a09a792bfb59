export { editYaml } from './edit-yaml.ts';
export { type ParsedYaml, parseYaml } from './parse-yaml.ts';
export { printYaml } from './print-yaml.ts';
export { readYamlMapping } from './read-mapping.ts';
export type { YamlMapping, YamlValue } from './yaml-value.ts';
