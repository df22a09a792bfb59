/** What the Modbus exporter reads from a device. Registers differ from maker to maker; the metric names are ours. */
export interface ModbusModule {
  /** Unique among the modules of the organisation; equal names must mean equal settings. */
  readonly name: string;
  readonly metrics: readonly ModbusMetric[];
}

/** One value of a device. */
export interface ModbusMetric {
  readonly name: string;
  readonly help: string;
  /**
   * The table it stands in. Coils and discrete inputs are not among them: modbus_exporter 0.4 fails on each read of one.
   * Controllers mirror them in registers.
   */
  readonly from: 'input-register' | 'holding-register';
  /** Counted from 0, as the protocol does: the register that a manual calls 40001 is 0. */
  readonly address: number;
  readonly dataType: 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32';
  /** The value is this many times what stands in the register, such as 0.1. */
  readonly factor?: number;
  readonly labels?: Readonly<Record<string, string>>;
}
