import { useSearch } from 'wouter'
import { IntakePage } from './intake-page.tsx'
import type { TargetKind } from './target.ts'

/** Another draft in the address is another list: the screen begins anew with it. */
function Intake({ target }: { readonly target: TargetKind }) {
  return <IntakePage key={useSearch()} target={target} />
}

export const DeliveryIntakePage = () => <Intake target="delivery" />
export const ReportIntakePage = () => <Intake target="report" />
export const RequestIntakePage = () => <Intake target="request" />
export const UnitIntakePage = () => <Intake target="unit" />
export const StockIntakePage = () => <Intake target="stock" />
export const ItemIntakePage = () => <Intake target="item" />
export const SupplierIntakePage = () => <Intake target="supplier" />
