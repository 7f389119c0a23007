import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import type { SupplierRow } from '../../api/contract/place.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber, type CellValue } from '../grid/cell-value.ts'
import { useEditNewRow } from '../grid/edit-new-row.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { supplierText } from '../text/supplier.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { useItemChoices } from './item-choices.ts'
import { changeSupplier } from './save-supplier.ts'
import styles from './supplier.module.css'

type CapacityRow = { readonly itemId: number | null; readonly perDayBase: number | null }
const blank: CapacityRow = { itemId: null, perDayBase: null }
const keyOf = (row: CapacityRow) => String(row.itemId)
const rowKey = (row: EditRow<CapacityRow>) => row.key

/** What the supplier can make in a day, by item. */
export function Capacity({ supplier, canEdit }: { readonly supplier: SupplierRow; readonly canEdit: boolean }) {
  const t = useText(supplierText)
  const language = useLanguage()
  const { choices, byId } = useItemChoices()
  const rows = useMemo(
    () => choices && supplier.capacity.map(({ itemId, perDayBase }): CapacityRow => ({ itemId, perDayBase })),
    [choices, supplier.capacity],
  )
  const fields = useMemo((): Field<CapacityRow>[] => {
    const nameById = (value: CellValue) => {
      const item = typeof value === 'number' ? byId.get(value) : undefined
      return item ? `${nameOf(item, language)} (${measureName(item.baseUnit, language)})` : String(value ?? '')
    }
    return [
      {
        id: 'itemId',
        header: t('item'),
        kind: 'choice',
        read: (row) => row.itemId,
        show: nameById,
        choices: choices ?? [],
        width: 150,
        grow: 1,
        editable: (row) => canEdit && row.isNew,
      },
      {
        id: 'perDayBase',
        field: 'capacity',
        header: t('perDay'),
        kind: 'number',
        read: (row) => row.perDayBase,
        width: 96,
        editable: canEdit,
      },
    ]
  }, [t, language, choices, byId, canEdit])
  const save = useCallback(
    async ({ values, base, requestId }: SentRow<CapacityRow>) => {
      const itemId = base.itemId ?? asNumber(values.itemId)
      if (itemId === 0) return { ok: false as const, refusals: [required('itemId')], fault: null }
      const perDayBase = asNumber(values.perDayBase)
      const outcome = await changeSupplier(supplier.placeId, requestId, (now) => ({
        ...now,
        capacity: [
          ...now.capacity.filter((one) => one.itemId !== itemId),
          ...(perDayBase === 0 ? [] : [{ itemId, perDayBase }]),
        ],
      }))
      return outcome.ok ? { ok: true as const, value: { ...base, itemId, perDayBase } } : outcome
    },
    [supplier.placeId],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  const { onReady, editNew } = useEditNewRow(edits.rows, 'itemId')
  return (
    <section className={styles.part} aria-labelledby="supplier-capacity">
      <div className={styles.bar}>
        <div>
          <h2 id="supplier-capacity">{t('capacity')}</h2>
          <p className={styles.lead}>{t('capacityLead')}</p>
        </div>
        {canEdit && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => editNew(edits.add())}
          >
            {t('addCapacity')}
          </Button>
        )}
      </div>
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        label={t('capacity')}
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        onReady={onReady}
        emptyText={t('noCapacity')}
        keysHint={false}
      />
    </section>
  )
}

const required = (field: string) => ({
  code: 'required' as const,
  line: null,
  field,
  given: null,
  allowed: null,
  about: {},
})
