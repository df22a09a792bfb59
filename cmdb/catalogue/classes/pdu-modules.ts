import { defineSnmpModule } from 'opsctl';

const apc = '1.3.6.1.4.1.318.1.1.26';
const byPhase = { index: [{ label: 'phase', type: 'gauge' }] } as const;
const byBank = { index: [{ label: 'bank', type: 'gauge' }] } as const;
const byUnit = { index: [{ label: 'pdu', type: 'gauge' }] } as const;

/** APC (Schneider) rack PDUs of the second generation: PowerNet-MIB, as it stands in snmp_exporter's module `apcups`. */
export const apcRackPdu = defineSnmpModule({
  name: 'apc_rack_pdu',
  metrics: {
    rPDU2DeviceStatusPower: {
      oid: `${apc}.4.3.1.5`,
      type: 'gauge',
      help: 'Power, in hundredths of a kilowatt.',
      ...byUnit,
    },
    rPDU2DeviceStatusPowerSupplyAlarm: {
      oid: `${apc}.4.3.1.12`,
      type: 'gauge',
      help: 'Its own power supplies: 1 normal, 2 alarm.',
      ...byUnit,
    },
    rPDU2PhaseStatusLoadState: {
      oid: `${apc}.6.3.1.4`,
      type: 'gauge',
      help: 'Load of the phase: 1 low, 2 normal, 3 near overload, 4 overload.',
      ...byPhase,
    },
    rPDU2PhaseStatusCurrent: {
      oid: `${apc}.6.3.1.5`,
      type: 'gauge',
      help: 'Current of the phase, in tenths of an ampere.',
      ...byPhase,
    },
    rPDU2PhaseStatusVoltage: { oid: `${apc}.6.3.1.6`, type: 'gauge', help: 'Voltage of the phase.', ...byPhase },
    rPDU2BankStatusLoadState: {
      oid: `${apc}.8.3.1.4`,
      type: 'gauge',
      help: 'Load of the bank, behind one breaker: 1 low, 2 normal, 3 near overload, 4 overload.',
      ...byBank,
    },
  },
});

const raritan = '1.3.6.1.4.1.13742.6.5';
const states = '-1 unavailable, 0 open, 1 closed, 4 normal, 5 above the warning, 6 above the critical threshold.';

/**
 * Raritan and Server Technology PX: PDU2-MIB, as it stands in snmp_exporter's module `raritan_pdu2`. Sensor types: 1 current,
 * 4 voltage, 5 power, 15 trip.
 */
export const raritanPdu = defineSnmpModule({
  name: 'raritan_pdu',
  metrics: {
    measurementsInletSensorValue: {
      oid: `${raritan}.2.3.1.4`,
      type: 'gauge',
      help: 'Reading of a sensor of the inlet; power in watts.',
      index: [
        { label: 'pdu', type: 'gauge' },
        { label: 'inlet', type: 'gauge' },
        { label: 'sensorType', type: 'gauge' },
      ],
    },
    measurementsInletPoleSensorState: {
      oid: `${raritan}.2.4.1.3`,
      type: 'gauge',
      help: `State of a sensor of a line: ${states}`,
      index: [
        { label: 'pdu', type: 'gauge' },
        { label: 'inlet', type: 'gauge' },
        { label: 'phase', type: 'gauge' },
        { label: 'sensorType', type: 'gauge' },
      ],
    },
    measurementsOverCurrentProtectorSensorState: {
      oid: `${raritan}.3.3.1.3`,
      type: 'gauge',
      help: `State of a sensor of a breaker: ${states}`,
      index: [
        { label: 'pdu', type: 'gauge' },
        { label: 'breaker', type: 'gauge' },
        { label: 'sensorType', type: 'gauge' },
      ],
    },
  },
});
