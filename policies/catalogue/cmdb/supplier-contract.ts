import { definePolicy, type Supplier } from 'opsctl';

export const supplierContract = definePolicy({
  id: 'cmdb/supplier-contract',
  // A date that passes must not stop an urgent change of something else.
  level: 'advisory',
  title: { en: 'Suppliers of critical items should be under contract', zh: '关键配置项的供应商应有有效合同' },
  rationale:
    'When a critical item fails after the contract is over, nobody is bound to come or to have the spare part.',
  remedy: 'Renew the contract and enter its end in cmdb/organisation/, or name the supplier that took over.',
  clauses: ['S1:8.8.1.d', 'S1:7.5.1.e', 'S3:7.6.3 L2.d'],
  check: ({ organisation, items, today }) => {
    const suppliers = new Map(organisation.suppliers.map((supplier) => [supplier.id, supplier]));
    return items.flatMap(({ id, supplier, criticality, stage, fieldSources }) => {
      if (supplier === null || criticality !== 'critical' || stage === 'retired') return [];
      const fault = faultOf(suppliers.get(supplier), today);
      const position = fieldSources?.['/supplier'];
      if (fault === null) return [];
      return [
        {
          subject: id,
          item: id,
          message: `${id} is critical and supplied by ${supplier}, ${fault}.`,
          ...(position === undefined ? {} : { position }),
        },
      ];
    });
  },
});

/** Nothing is said against a contract whose end is not entered: it may have none. */
function faultOf(supplier: Supplier | undefined, today: string): string | null {
  if (supplier === undefined) return 'which is no supplier of the organisation';
  const { contractUntil } = supplier;
  return contractUntil !== undefined && contractUntil < today ? `whose contract ended on ${contractUntil}` : null;
}
