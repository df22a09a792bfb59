import { networkDevice, pdu, storageArray } from 'opsctl/cmdb';
import { describe, expect, it } from 'vitest';
import { sampleItem } from '../../toolkit/testing/sample-group.ts';
import { missingFrom, scrapeAll, snmp, startDevice, startSnmpExporter } from '../support/device-scrapes.ts';
import { huaweiSwitch } from './devices.ts';
import { apcPdu, neighboursOfSwitch, oceanStorArray, raritanRackPdu } from './infrastructure-devices.ts';

describe.skipIf(!snmp.available)(snmp.title('storage, power and neighbours behind a real SNMP exporter'), () => {
  it('every metric of an OceanStor is there, by the names of its parts', async () => {
    const address = await startDevice(oceanStorArray);
    const item = sampleItem('array-1', 'storage-array', { address, maker: 'oceanstor' });
    const scraped = await scrapeAll(storageArray, item, startSnmpExporter);
    expect(missingFrom(scraped, storageArray)).toEqual([]);
    const page = scraped.get('storage-array-oceanstor');
    expect(page).toContain('\nhwInfoControllerHealthStatus{controller="0B"} 2\n');
    expect(page).toContain('\nhwInfoDiskHealthStatus{disk="CTE0.7",id="00"} 3\n');
    expect(page).toContain('\nhwInfoStoragePoolFreeCapacity{id="0",pool="pool-ssd"} 200000\n');
    expect(page).toContain('\nhwPerfLunAverageIOResponseTime{id="17",volume="mes-data"} 850\n');
  });

  it.each([
    { vendor: 'apc', objects: apcPdu, line: '\nrPDU2PhaseStatusLoadState{phase="2"} 3\n' },
    {
      vendor: 'raritan',
      objects: raritanRackPdu,
      line: '\nmeasurementsOverCurrentProtectorSensorState{breaker="2",pdu="1",sensorType="15"} 0\n',
    },
  ])('every metric of a PDU by $vendor is there', async ({ vendor, objects, line }) => {
    const item = sampleItem('pdu-1', 'pdu', { address: await startDevice(objects), vendor });
    const scraped = await scrapeAll(pdu, item, startSnmpExporter);
    expect(missingFrom(scraped, pdu)).toEqual([]);
    expect(scraped.get(`pdu-${vendor}`)).toContain(line);
  });

  it('a switch whose neighbours are watched tells them by port and name', async () => {
    const address = await startDevice({ ...huaweiSwitch, ...neighboursOfSwitch });
    const item = sampleItem('sw-1', 'network-device', { address, vendor: 'huawei', lldp: true });
    const scraped = await scrapeAll(networkDevice, item, startSnmpExporter);
    expect(missingFrom(scraped, networkDevice)).toEqual([]);
    expect(scraped.get('network-device-neighbours')).toContain(
      '\nlldpRemChassisIdSubtype{lldpRemIndex="1",lldpRemLocalPortNum="2",lldpRemTimeMark="200",neighbour="core-2",port="XGE1/0/2"} 4\n',
    );
  });
});
