/** What a YAML file may hold here: JSON, and nothing that JSON cannot say. */
export type YamlValue = null | boolean | number | string | readonly YamlValue[] | YamlMapping;

export interface YamlMapping {
  readonly [key: string]: YamlValue;
}
