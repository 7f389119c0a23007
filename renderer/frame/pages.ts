import {
  IconBuildingFactory2,
  IconBuildingHospital,
  IconBuildingWarehouse,
  IconCalendarCheck,
  IconFileText,
  IconListDetails,
  IconPackage,
  IconPackageImport,
  IconPrinter,
  IconRulerMeasure,
  IconScale,
  IconSettings,
  IconStairsUp,
  type TablerIcon,
} from '@tabler/icons-react'
import type { frameText } from '../text/frame.ts'

type PageKey = (typeof frameText.keys)[number]

export type PageEntry = {
  readonly path: string
  readonly text: PageKey
  readonly icon: TablerIcon
  readonly chord: string | null
  readonly group: 'groupWork' | 'groupLists' | null
}

/** The pages of the navigation, in its order. */
export const pageEntries: readonly PageEntry[] = [
  { path: '/today', text: 'today', icon: IconCalendarCheck, chord: 'Alt+1', group: 'groupWork' },
  { path: '/deliveries', text: 'deliveries', icon: IconPackageImport, chord: 'Alt+2', group: 'groupWork' },
  { path: '/stock', text: 'stock', icon: IconPackage, chord: 'Alt+3', group: 'groupWork' },
  { path: '/allocation', text: 'allocation', icon: IconScale, chord: 'Alt+4', group: 'groupWork' },
  { path: '/slips', text: 'slips', icon: IconFileText, chord: 'Alt+5', group: 'groupWork' },
  { path: '/reports', text: 'reports', icon: IconPrinter, chord: 'Alt+6', group: 'groupWork' },
  { path: '/units', text: 'units', icon: IconBuildingHospital, chord: 'Alt+7', group: 'groupLists' },
  { path: '/manufacturers', text: 'manufacturers', icon: IconBuildingFactory2, chord: 'Alt+8', group: 'groupLists' },
  { path: '/items', text: 'items', icon: IconListDetails, chord: 'Alt+9', group: 'groupLists' },
  { path: '/norms', text: 'norms', icon: IconRulerMeasure, chord: null, group: 'groupLists' },
  { path: '/policies', text: 'policies', icon: IconStairsUp, chord: null, group: 'groupLists' },
  { path: '/depots', text: 'depots', icon: IconBuildingWarehouse, chord: null, group: 'groupLists' },
  { path: '/settings', text: 'settings', icon: IconSettings, chord: null, group: null },
]
