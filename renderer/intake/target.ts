import type { IntakeKind } from '../../core/intake/header-words.ts'

/** What becomes of a list's rows: lines of a delivery, stock reports, requests of units, units, opening stock, items, or manufacturers with what they can make. */
export const targetKinds = ['delivery', 'report', 'request', 'unit', 'stock', 'item', 'supplier'] as const
export type TargetKind = (typeof targetKinds)[number]

export const targets: Readonly<
  Record<TargetKind, { readonly intakeKind: IntakeKind; readonly path: string; readonly back: string }>
> = {
  delivery: { intakeKind: 'delivery', path: '/deliveries/intake', back: '/deliveries' },
  report: { intakeKind: 'reports', path: '/units/reports/intake', back: '/units' },
  request: { intakeKind: 'units', path: '/units/requests/intake', back: '/requests' },
  unit: { intakeKind: 'units', path: '/units/intake', back: '/units' },
  stock: { intakeKind: 'stock', path: '/stock/intake', back: '/stock' },
  item: { intakeKind: 'items', path: '/items/intake', back: '/items' },
  supplier: { intakeKind: 'suppliers', path: '/manufacturers/intake', back: '/manufacturers' },
}
