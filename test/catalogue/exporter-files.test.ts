import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ObjectClass, readingsOf, type Signal } from 'opsctl';
import { activemq, hbase, hdfs, mosquitto, oracle, tomcat, weblogic, yarn } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import { metricsRead } from '../support/metric-names.ts';

const folder = join(import.meta.dirname, '..', '..', 'cmdb', 'catalogue', 'exporters');

/** Files for jmx_exporter, by the classes that read what they give. */
const rules: Readonly<Record<string, ObjectClass>> = {
  'jmx-activemq.yaml': activemq,
  'jmx-hbase.yaml': hbase,
  'jmx-hdfs.yaml': hdfs,
  'jmx-tomcat.yaml': tomcat,
  'jmx-weblogic.yaml': weblogic,
  'jmx-yarn.yaml': yarn,
};

/** What jmx_exporter gives of every Java program, without a rule. */
const ofJava = /^(jvm|process)_/;

describe.each(Object.entries(rules))('%s', (file, objectClass) => {
  it('gives the metrics that its class reads, and no others', () => {
    const given = metricsGiven(readFileSync(join(folder, file), 'utf8'));
    expect(given).toEqual(metricsRead(objectClass).filter((metric) => !ofJava.test(metric)));
  });
});

it('the custom metrics of Oracle are those that the class needs the option for', () => {
  const text = readFileSync(join(folder, 'oracledb-custom-metrics.toml'), 'utf8');
  const given = text.split('[[metric]]').flatMap((part) => {
    const context = /context = "(\w+)"/.exec(part)?.[1];
    const value = /metricsdesc = \{ (\w+) =/.exec(part)?.[1];
    return context === undefined || value === undefined ? [] : [`oracledb_${context}_${value}`];
  });
  const needed = Object.values<Signal>(oracle.signals).flatMap((signal) =>
    Object.values(readingsOf(signal)).flatMap(({ metrics }) =>
      metrics.flatMap((metric) =>
        typeof metric === 'object' && metric.collector === '--custom.metrics' ? [metric.name] : [],
      ),
    ),
  );
  expect(given.sort()).toEqual([...new Set(needed)].sort());
});

it('the rules for Mosquitto give the metrics that the class reads, and no others', () => {
  const text = readFileSync(join(folder, 'mqtt-mosquitto.yaml'), 'utf8');
  const given = [...text.matchAll(/prom_name: (\w+)/g)].map(([, name = '']) => name).sort();
  expect(given).toEqual(metricsRead(mosquitto).filter((metric) => metric.startsWith('mosquitto_')));
});

it('every file for exporters is held against a class here', () => {
  expect(readdirSync(folder).sort()).toEqual(
    [...Object.keys(rules), 'mqtt-mosquitto.yaml', 'oracledb-custom-metrics.toml'].sort(),
  );
});

/** `hadoop_namenode_$1` for `(A|B)` gives both, in lower case as the file asks for. */
function metricsGiven(text: string): readonly string[] {
  const rules = text.matchAll(/- pattern: '(.+)'\n +name: (\S+)/g);
  return [...new Set([...rules].flatMap(([, pattern = '', name = '']) => namesOf(name, pattern)))].sort();
}

function namesOf(name: string, pattern: string): readonly string[] {
  const place = /\$(\d)/.exec(name);
  if (place === null) return [name.toLowerCase()];
  const groups = [...pattern.matchAll(/\((?!\?)([^()]*)\)/g)].map(([, group = '']) => group);
  const options = groups[Number(place[1]) - 1]?.split('|') ?? [];
  return options.map((option) => name.replace(place[0], option).toLowerCase());
}
