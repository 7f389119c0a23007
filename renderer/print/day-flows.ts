import type { LedgerFlows } from '../../api/contract/ledger.ts'

/** What came from each supplier, and what each unit was given. */
export type Flows = Pick<LedgerFlows, 'received' | 'given'>
export type Flow = LedgerFlows['received'][number]

const organisation =
  /公司|集团|厂|会|院|校|学|局|部|所|站|店|社|队|团|办|中心|基金|银行|政府|委|村|馆|企业|商行|单位|Co\b|Ltd|Inc|Foundation|Association|Hospital|Company|University/i

/** A donor whose name says no organisation is taken for a person: a name too many left out harms nobody. */
export const isPerson = ({ placeName, supplierKind }: Pick<Flow, 'placeName' | 'supplierKind'>): boolean =>
  supplierKind === 'donor' && !organisation.test(placeName)
