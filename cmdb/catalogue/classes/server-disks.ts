import { defineClass } from 'opsctl';
import { exporterAnswers } from './exporter-answers.ts';
import { measuredBeside } from './measured-beside.ts';
import { counter, gauge, readingsBy } from './metric-facts.ts';
import { highIsBad, lowIsBad, stateOf } from './signal-meanings.ts';

const attribute = gauge([
  ...['device', 'attribute_id', 'attribute_name', 'attribute_value_type'],
  ...['attribute_flags_short', 'attribute_flags_long'],
]);
const flags = 'attribute_id, attribute_name, attribute_value_type, attribute_flags_short, attribute_flags_long';
const perDisk = ['device'];

const read = readingsBy({
  smartctl_devices: gauge(),
  smartctl_device_smart_status: gauge(perDisk),
  smartctl_device_smartctl_exit_status: gauge(perDisk),
  smartctl_device_attribute: attribute,
  smartctl_device_temperature: gauge([...perDisk, 'temperature_type']),
  smartctl_device_critical_warning: counter(perDisk),
  smartctl_device_media_errors: counter(perDisk),
  smartctl_device_percentage_used: counter(perDisk),
  smartctl_device_available_spare: counter(perDisk),
  smartctl_device_available_spare_threshold: counter(perDisk),
  smartctl_scsi_grown_defect_list: gauge(perDisk),
});

type Series = Parameters<Parameters<typeof read>[0]>[0];

/** How many sectors one of the counts of an ATA disk names. */
function sectors(series: Series, id: string): string {
  return series('smartctl_device_attribute', `attribute_id="${id}",attribute_value_type="raw"`);
}

function temperature(device: string) {
  return read((series) => {
    const now = series('smartctl_device_temperature', `temperature_type="current",device${device}"nvme.*"`);
    return `max without (temperature_type) (${now})`;
  });
}

/**
 * The disks of one server, by what they tell of themselves (SMART). Its machine is an item of class `host`, and this
 * `runs-on` it. Disks behind a RAID controller tell nothing unless smartctl is given their type. Names were read off a
 * real smartctl_exporter with one ATA, one SAS and one NVMe disk as its own tests have them.
 */
export const serverDisks = defineClass({
  id: 'server-disks',
  title: { en: 'Disks of a server', zh: '服务器磁盘健康' },
  // The exporter asks the disks once a minute, whoever asks it.
  ...measuredBeside({ program: 'smartctl_exporter', since: '0.12', port: 9633, interval: '60s', timeout: '30s' }),
  signals: {
    up: exporterAnswers('exporter'),
    passed: {
      ...stateOf('Disk passes its own judgement', '磁盘自检通过'),
      from: 'exporter',
      ...read((series) => series('smartctl_device_smart_status')),
      partLabels: perDisk,
    },
    gone: {
      ...highIsBad('count', 'Disks fewer than within the last day', '一天内减少的磁盘数'),
      from: 'exporter',
      ...read((series) => `max_over_time(${series('smartctl_devices')}[1d]) - ${series('smartctl_devices')}`),
    },
    readable: {
      ...stateOf('Disk can be asked', '磁盘可读取 SMART'),
      from: 'exporter',
      // The lower two bits of what smartctl ends with: it could not open the disk, or was called wrongly.
      ...read((series) => `${series('smartctl_device_smartctl_exit_status')} % 4 == bool 0`),
      partLabels: perDisk,
    },
    pending: {
      ...highIsBad('count', 'Sectors that could not be read', '待处理的坏扇区数'),
      from: 'exporter',
      ...read(
        (series) =>
          `sum without (${flags}) (${sectors(series, '197|198').replace('attribute_id="', 'attribute_id=~"')})`,
      ),
      partLabels: perDisk,
    },
    reallocated: {
      ...highIsBad('count', 'Sectors replaced within a day', '一天内重映射的扇区数'),
      from: 'exporter',
      // SAS disks call them grown defects.
      ...read((series) => {
        const [ata, scsi] = [sectors(series, '5'), series('smartctl_scsi_grown_defect_list')];
        const grown = [ata, scsi].map((count) => `(${count} - min_over_time(${count}[1d]))`);
        return `sum without (${flags}) (${grown.join(' or ')})`;
      }),
      partLabels: perDisk,
    },
    mediaErrors: {
      ...highIsBad('count', 'Errors of an NVMe disk that data was lost by (1 day)', 'NVMe 介质错误(1 天)'),
      from: 'exporter',
      ...read((series) => `increase(${series('smartctl_device_media_errors')}[1d])`),
      partLabels: perDisk,
    },
    warning: {
      ...highIsBad('count', 'Critical warning of an NVMe disk', 'NVMe 严重警告'),
      from: 'exporter',
      ...read((series) => series('smartctl_device_critical_warning')),
      partLabels: perDisk,
    },
    spareLeft: {
      ...lowIsBad('ratio', 'Spare of an NVMe disk above its limit', 'NVMe 备用空间高于阈值的余量'),
      from: 'exporter',
      ...read(
        (series) =>
          `(${series('smartctl_device_available_spare')} - ${series('smartctl_device_available_spare_threshold')}) / 100`,
      ),
      partLabels: perDisk,
    },
    worn: {
      ...highIsBad('ratio', 'Life of an NVMe disk used', 'NVMe 寿命已用比例'),
      from: 'exporter',
      // Goes on beyond 100.
      ...read((series) => `${series('smartctl_device_percentage_used')} / 100`),
      partLabels: perDisk,
    },
    temperature: {
      ...highIsBad('celsius', 'Temperature of a disk', '磁盘温度'),
      from: 'exporter',
      ...temperature('!~'),
      partLabels: perDisk,
    },
    nvmeTemperature: {
      ...highIsBad('celsius', 'Temperature of an NVMe disk', 'NVMe 磁盘温度'),
      from: 'exporter',
      ...temperature('=~'),
      partLabels: perDisk,
    },
  },
});
