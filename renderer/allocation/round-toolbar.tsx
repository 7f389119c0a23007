import { Select } from '@mantine/core'
import { memo, useMemo } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow, UnitRow } from '../../api/contract/place.ts'
import type { PolicyRow, RoundChoice } from '../../api/contract/round.ts'
import { allocationText } from '../text/allocation.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { type MatrixShow, matrixShows } from './cell-view.ts'
import { ChoicePicker, type PickerOption } from './choice-picker.tsx'
import { coverBands } from './cover-band.ts'
import matrixStyles from './matrix.module.css'
import { bandClass } from './matrix-cell.ts'
import type { MatrixGrouping, MatrixOrder } from './matrix-rows.ts'
import styles from './toolbar.module.css'

const groupings: readonly MatrixGrouping[] = ['none', 'town', 'unitKind', 'tier']
const orders: readonly MatrixOrder[] = ['tier', 'code', 'worst']

export type ChoiceBarProps = {
  readonly choice: RoundChoice
  readonly policies: readonly PolicyRow[]
  readonly depots: readonly DepotRow[]
  readonly items: readonly ItemRow[]
  readonly units: readonly UnitRow[]
  readonly onChoice: (choice: RoundChoice) => void
}

/** What the round is about. A change reads stock and needs again and keeps pins and sliders. */
export const ChoiceBar = memo(function ChoiceBar(props: ChoiceBarProps) {
  const { choice, policies, depots, items, units, onChoice } = props
  const t = useText(allocationText)
  const language = useLanguage()
  const options = useMemo(() => {
    const of = (row: {
      placeId?: number
      itemId?: number
      code: string
      name: string
      nameEn: string
      search: string
    }): PickerOption => ({
      id: row.placeId ?? row.itemId ?? 0,
      label: nameOf(row, language),
      detail: row.code,
      search: `${row.code} ${row.name} ${row.nameEn} ${row.search}`.toLowerCase(),
    })
    return { depots: depots.map(of), items: items.map(of), units: units.map(of) }
  }, [depots, items, units, language])
  return (
    <>
      <ChoicePicker
        label={t('pickDepots')}
        allLabel={t('pickAll')}
        options={options.depots}
        chosen={choice.depotIds}
        onChoose={(depotIds) => onChoice({ ...choice, depotIds: depotIds === null ? null : [...depotIds] })}
      />
      <ChoicePicker
        label={t('pickItems')}
        allLabel={t('pickAllInStock')}
        options={options.items}
        chosen={choice.itemIds}
        onChoose={(itemIds) => onChoice({ ...choice, itemIds: itemIds === null ? null : [...itemIds] })}
      />
      <ChoicePicker
        label={t('pickUnits')}
        allLabel={t('pickAll')}
        options={options.units}
        chosen={choice.unitIds}
        onChoose={(unitIds) => onChoice({ ...choice, unitIds: unitIds === null ? null : [...unitIds] })}
      />
      <Select
        size="xs"
        className={styles.wideSelect ?? ''}
        aria-label={t('pickPolicy')}
        allowDeselect={false}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        data={policies.map((policy) => ({ value: String(policy.policyId), label: nameOf(policy, language) }))}
        value={String(choice.policyId)}
        onChange={(value) => value !== null && onChoice({ ...choice, policyId: Number(value) })}
      />
    </>
  )
})

export type ViewBarProps = {
  readonly grouping: MatrixGrouping
  readonly order: MatrixOrder
  readonly show: MatrixShow
  readonly onGrouping: (grouping: MatrixGrouping) => void
  readonly onOrder: (order: MatrixOrder) => void
  readonly onShow: (show: MatrixShow) => void
}

/** How the matrix is shown. */
export const ViewBar = memo(function ViewBar(props: ViewBarProps) {
  const { grouping, order, show, onGrouping, onOrder, onShow } = props
  const t = useText(allocationText)
  const select = {
    size: 'xs',
    className: styles.select ?? '',
    allowDeselect: false,
    comboboxProps: { transitionProps: { duration: 0 } },
  } as const
  return (
    <>
      <Select
        {...select}
        aria-label={t('grouping')}
        data={groupings.map((value) => ({ value, label: t(`grouping-${value}`) }))}
        value={grouping}
        onChange={(value) => value && onGrouping(value)}
      />
      <Select
        {...select}
        aria-label={t('order')}
        data={orders.map((value) => ({ value, label: t(`order-${value}`) }))}
        value={order}
        onChange={(value) => value && onOrder(value)}
      />
      <Select
        {...select}
        aria-label={t('show')}
        data={matrixShows.map((value) => ({ value, label: t(`show-${value}`) }))}
        value={show}
        onChange={(value) => value && onShow(value)}
      />
    </>
  )
})

/** What colours and gauges mean. */
export const Legend = memo(function Legend() {
  const t = useText(allocationText)
  return (
    <div className={`${styles.legend} ${matrixStyles.colours}`}>
      <span>{t('legend')}</span>
      <ul>
        {coverBands
          .filter((band) => band !== 'none')
          .map((band) => (
            <li key={band}>
              <span className={`${styles.swatch} ${bandClass[band]}`} aria-hidden />
              {t(`band-${band}`)}
            </li>
          ))}
      </ul>
      <span>{t('legendCell')}</span>
    </div>
  )
})
