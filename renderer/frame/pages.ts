import {
  IconArrowBackUp,
  IconBarcode,
  IconBell,
  IconBuildingFactory2,
  IconBuildingHospital,
  IconBuildingWarehouse,
  IconCalendarCheck,
  IconChartBar,
  IconClipboardCheck,
  IconDatabaseExport,
  IconFileSpreadsheet,
  IconFileText,
  IconHistory,
  IconInbox,
  IconListDetails,
  IconNotebook,
  IconPackage,
  IconPackageImport,
  IconPhoneCall,
  IconPrinter,
  IconQrcode,
  IconRulerMeasure,
  IconScale,
  IconSettings,
  IconShieldQuestion,
  IconStairsUp,
  IconTrash,
  IconTruck,
  type TablerIcon,
} from '@tabler/icons-react'
import type { frameText } from '../text/frame.ts'

type PageKey = (typeof frameText.keys)[number]

export type PageEntry = {
  readonly path: string
  readonly text: PageKey
  readonly icon: TablerIcon
  readonly chord: string | null
  readonly group: 'groupWork' | 'groupStock' | 'groupLists' | null
}

/** The pages of the navigation, in its order. */
export const pageEntries: readonly PageEntry[] = [
  { path: '/today', text: 'today', icon: IconCalendarCheck, chord: 'Alt+1', group: 'groupWork' },
  { path: '/alerts', text: 'alerts', icon: IconBell, chord: 'Alt+0', group: 'groupWork' },
  { path: '/deliveries', text: 'deliveries', icon: IconPackageImport, chord: 'Alt+2', group: 'groupWork' },
  { path: '/stock', text: 'stock', icon: IconPackage, chord: 'Alt+3', group: 'groupWork' },
  { path: '/allocation', text: 'allocation', icon: IconScale, chord: 'Alt+4', group: 'groupWork' },
  { path: '/slips', text: 'slips', icon: IconFileText, chord: 'Alt+5', group: 'groupWork' },
  { path: '/liaison', text: 'liaison', icon: IconPhoneCall, chord: null, group: 'groupWork' },
  { path: '/reports', text: 'reports', icon: IconPrinter, chord: 'Alt+6', group: 'groupWork' },
  { path: '/slips/sign', text: 'signatures', icon: IconQrcode, chord: null, group: 'groupStock' },
  { path: '/stocktakes', text: 'stocktakes', icon: IconClipboardCheck, chord: null, group: 'groupStock' },
  { path: '/holds', text: 'holds', icon: IconShieldQuestion, chord: null, group: 'groupStock' },
  { path: '/ledger', text: 'ledger', icon: IconNotebook, chord: null, group: 'groupStock' },
  { path: '/units', text: 'units', icon: IconBuildingHospital, chord: 'Alt+7', group: 'groupLists' },
  { path: '/requests', text: 'requests', icon: IconInbox, chord: null, group: 'groupLists' },
  { path: '/manufacturers', text: 'manufacturers', icon: IconBuildingFactory2, chord: 'Alt+8', group: 'groupLists' },
  { path: '/items', text: 'items', icon: IconListDetails, chord: 'Alt+9', group: 'groupLists' },
  { path: '/norms', text: 'norms', icon: IconRulerMeasure, chord: null, group: 'groupLists' },
  { path: '/policies', text: 'policies', icon: IconStairsUp, chord: null, group: 'groupLists' },
  { path: '/depots', text: 'depots', icon: IconBuildingWarehouse, chord: null, group: 'groupLists' },
  { path: '/settings', text: 'settings', icon: IconSettings, chord: null, group: null },
]

/** Pages that are reached from another page of the navigation, and by Ctrl+K. */
export const furtherEntries: readonly PageEntry[] = [
  { path: '/today/charts', text: 'charts', icon: IconChartBar, chord: 'Alt+I', group: null },
  { path: '/settings/backup', text: 'backups', icon: IconDatabaseExport, chord: null, group: null },
  { path: '/stock/labels', text: 'labels', icon: IconBarcode, chord: 'Alt+M', group: null },
  { path: '/ledger/transfers', text: 'transfers', icon: IconTruck, chord: null, group: null },
  { path: '/ledger/return', text: 'returns', icon: IconArrowBackUp, chord: null, group: null },
  { path: '/ledger/write-off', text: 'writeOffs', icon: IconTrash, chord: null, group: null },
  { path: '/ledger/as-at', text: 'asAt', icon: IconHistory, chord: null, group: null },
  { path: '/deliveries/intake', text: 'intakeDelivery', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/stock/intake', text: 'intakeStock', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/units/intake', text: 'intakeUnit', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/units/reports/intake', text: 'intakeReport', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/units/requests/intake', text: 'intakeRequest', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/items/intake', text: 'intakeItem', icon: IconFileSpreadsheet, chord: null, group: null },
  { path: '/manufacturers/intake', text: 'intakeSupplier', icon: IconFileSpreadsheet, chord: null, group: null },
]

/** The page of the navigation that an address belongs to: of several that fit, the one that says most. */
export function entryAt(location: string): PageEntry | undefined {
  return pageEntries
    .filter(({ path }) => location === path || location.startsWith(`${path}/`))
    .sort((left, right) => right.path.length - left.path.length)[0]
}
