import { Button, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Refusals } from '../frame/refusals.tsx'
import { asText } from '../grid/cell-value.ts'
import { useEditNewRow } from '../grid/edit-new-row.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, type Output, sendCommand } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { normText } from '../text/norm.ts'
import { useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './norm.module.css'

type Duty = Output<typeof client.norm.duties>[number]
const blank: Duty = { dutyId: 0, code: '', name: '', nameEn: '' }
const keyOf = (row: Duty) => String(row.dutyId)
const rowKey = (row: EditRow<Duty>) => row.key

const save = ({ values, base, isNew, requestId }: SentRow<Duty>) =>
  sendCommand(client.norm.saveDuty, {
    requestId,
    dutyId: isNew ? null : base.dutyId,
    code: asText(values.code),
    name: asText(values.name),
    nameEn: asText(values.nameEn),
  })

type Props = { readonly opened: boolean; readonly onClose: () => void; readonly canEdit: boolean }

/** The duties that people are counted by. */
export function DutyDialog({ opened, onClose, canEdit }: Props) {
  const t = useText(normText)
  const frame = useText(frameText)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('dutiesTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': frame('close') }}
    >
      <Duties canEdit={canEdit} />
    </Modal>
  )
}

function Duties({ canEdit }: { readonly canEdit: boolean }) {
  const t = useText(normText)
  const words = useText(wordText)
  const duties = useQuery(api.norm.duties.queryOptions())
  const fields = useMemo(
    (): Field<Duty>[] => [
      { id: 'code', header: words('code'), kind: 'text', read: (row) => row.code, width: 130, editable: canEdit },
      {
        id: 'name',
        header: words('name'),
        kind: 'text',
        read: (row) => row.name,
        width: 160,
        grow: 1,
        editable: canEdit,
      },
      {
        id: 'nameEn',
        header: words('nameEn'),
        kind: 'text',
        read: (row) => row.nameEn,
        width: 180,
        grow: 1,
        editable: canEdit,
      },
    ],
    [words, canEdit],
  )
  const edits = useRowEdits({ rows: duties.data, keyOf, blank, fields, save })
  const { onReady, editNew } = useEditNewRow(edits.rows, 'code')
  return (
    <div className={styles.dialog}>
      <div className={styles.bar}>
        <span>{t('dutiesLead')}</span>
        {canEdit && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => editNew(edits.add())}>
            {t('addDuty')}
          </Button>
        )}
      </div>
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        label={t('dutiesTitle')}
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        onReady={onReady}
        emptyText={t('noDuties')}
        keysHint={false}
      />
    </div>
  )
}
