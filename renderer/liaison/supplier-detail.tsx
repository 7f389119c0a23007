import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useCallback, useMemo, useState } from 'react'
import type { Refusal } from '../../core/refusal.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asText, type CellValue } from '../grid/cell-value.ts'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import { api, client, type Output, queryClient, useCommand } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { useDraftRows } from './draft-rows.ts'
import styles from './liaison.module.css'
import { licenceState } from './licence-state.ts'
import { createItemReader, readSheetDay } from './promise-sheet.ts'
import type { Directory } from './use-directory.ts'

type Detail = Output<typeof client.liaison.detail>
type ContactRow = { readonly id: string; readonly name: string; readonly post: string; readonly phone: string }
type LicenceRow = {
  readonly id: string
  readonly item: CellValue
  readonly number: string
  readonly standard: string
  readonly validUntil: CellValue
}
type AliasRow = { readonly id: string; readonly alias: string }

const idOf = (row: { readonly id: string }) => row.id
const isEmpty = (cell: CellValue) => cell === null || cell === ''
const blankContact = (id: string): ContactRow => ({ id, name: '', post: '', phone: '' })
const isBlankContact = (row: ContactRow) => [row.name, row.post, row.phone].every(isEmpty)
const blankLicence = (id: string): LicenceRow => ({ id, item: null, number: '', standard: '', validUntil: null })
const isBlankLicence = (row: LicenceRow) => [row.item, row.number, row.standard, row.validUntil].every(isEmpty)
const blankAlias = (id: string): AliasRow => ({ id, alias: '' })
const isBlankAlias = (row: AliasRow) => row.alias === ''
const setText = <Row,>(row: Row, columnId: string, value: CellValue): Row => ({ ...row, [columnId]: asText(value) })
const setLicence = (row: LicenceRow, columnId: string, value: CellValue): LicenceRow =>
  columnId === 'item' || columnId === 'validUntil' ? { ...row, [columnId]: value } : setText(row, columnId, value)

const startOf = (detail: Detail) => ({
  contacts: detail.contacts.map((row, index): ContactRow => ({ id: `contact-${index}`, ...row })),
  licences: detail.licences.map(
    ({ itemId, ...row }, index): LicenceRow => ({ id: `licence-${index}`, ...row, item: itemId }),
  ),
  aliases: detail.aliases.map((alias, index): AliasRow => ({ id: `alias-${index}`, alias })),
})

type Props = {
  readonly supplierId: number
  readonly detail: Detail
  readonly directory: Directory
  readonly canEdit: boolean
}

/** Contacts, licences with how long they are valid, and other names; saved together. */
export function SupplierDetail({ supplierId, detail, directory, canEdit }: Props) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const { businessDate: today } = useMe()
  const [start] = useState(() => startOf(detail))
  const contacts = useDraftRows<ContactRow>({
    start: () => start.contacts,
    blank: blankContact,
    isBlank: isBlankContact,
    set: setText,
  })
  const licences = useDraftRows<LicenceRow>({
    start: () => start.licences,
    blank: blankLicence,
    isBlank: isBlankLicence,
    set: setLicence,
  })
  const aliases = useDraftRows<AliasRow>({
    start: () => start.aliases,
    blank: blankAlias,
    isBlank: isBlankAlias,
    set: setText,
  })
  const [wrong, setWrong] = useState<readonly Refusal[]>([])
  const save = useCommand(client.liaison.saveDetail)
  const changed = contacts.changed || licences.changed || aliases.changed
  const { replace: putContacts } = contacts
  const { replace: putLicences } = licences
  const { replace: putAliases } = aliases
  const put = useCallback(
    (next: Detail) => {
      const rows = startOf(next)
      putContacts(rows.contacts, false)
      putLicences(rows.licences, false)
      putAliases(rows.aliases, false)
      setWrong([])
    },
    [putContacts, putLicences, putAliases],
  )
  const send = useSettled(async () => {
    if (save.busy || !canEdit) return
    const kept = licences.rows.filter((row) => !isBlankLicence(row))
    const unknown = kept.flatMap((row, index): Refusal[] =>
      row.item === null || row.item === '' || typeof row.item === 'number'
        ? []
        : [{ code: 'not-found', line: index + 1, field: 'itemId', given: row.item, allowed: null, about: {} }],
    )
    setWrong(unknown)
    if (unknown.length > 0) return
    const outcome = await save.run({
      supplierId,
      contacts: contacts.rows.filter((row) => !isBlankContact(row)).map(({ id: _, ...row }) => row),
      licences: kept.map(({ item, number, standard, validUntil }) => ({
        itemId: typeof item === 'number' ? item : null,
        number,
        standard,
        validUntil: isEmpty(validUntil) ? null : asText(validUntil).slice(0, 10),
      })),
      aliases: aliases.rows.filter((row) => !isBlankAlias(row)).map((row) => row.alias),
    })
    if (!outcome.ok) return
    queryClient.setQueryData(api.liaison.detail.queryOptions({ input: { supplierId } }).queryKey, outcome.value)
    put(outcome.value)
    notifications.show({ message: t('detailSaved') })
  })
  useKeys('keysScreen', canEdit ? [{ chord: 'Ctrl+S', label: t('keySave'), run: send }] : [])

  const readItem = useMemo(() => createItemReader(directory.items, []), [directory.items])
  const contactColumns = useMemo<readonly GridColumn<ContactRow>[]>(
    () => [
      {
        id: 'name',
        header: t('contactName'),
        kind: 'text',
        value: (row) => row.name,
        editable: canEdit,
        width: 120,
        grow: 1,
      },
      { id: 'post', header: t('post'), kind: 'text', value: (row) => row.post, editable: canEdit, width: 110, grow: 1 },
      {
        id: 'phone',
        header: t('phone'),
        kind: 'text',
        value: (row) => row.phone,
        editable: canEdit,
        width: 140,
        grow: 1,
      },
    ],
    [t, canEdit],
  )
  const licenceColumns = useMemo<readonly GridColumn<LicenceRow>[]>(() => {
    const stateOf = (row: LicenceRow) =>
      isBlankLicence(row) || (!isEmpty(row.validUntil) && !/^\d{4}-\d\d-\d\d$/.test(asText(row.validUntil)))
        ? null
        : licenceState(isEmpty(row.validUntil) ? null : asText(row.validUntil), today)
    return [
      {
        id: 'item',
        header: t('item'),
        kind: 'choice',
        value: (row) => row.item,
        show: (value, row) =>
          isEmpty(value)
            ? isBlankLicence(row)
              ? ''
              : t('aboutAll')
            : typeof value === 'number'
              ? directory.itemName(value)
              : asText(value),
        parse: readItem,
        choices: directory.items.map((item) => ({
          value: item.itemId,
          label: nameOf(item, language),
          search: item.search,
        })),
        editable: canEdit,
        width: 180,
        grow: 1,
      },
      {
        id: 'number',
        header: t('licenceNumber'),
        kind: 'text',
        value: (row) => row.number,
        editable: canEdit,
        width: 200,
        grow: 1,
      },
      {
        id: 'standard',
        header: t('standard'),
        kind: 'text',
        value: (row) => row.standard,
        editable: canEdit,
        width: 140,
        grow: 1,
      },
      {
        id: 'validUntil',
        header: t('validUntil'),
        kind: 'date',
        value: (row) => row.validUntil,
        parse: (text) => readSheetDay(text, today),
        editable: canEdit,
        width: 120,
      },
      {
        id: 'validity',
        header: t('validity'),
        kind: 'text',
        value: (row) => {
          const state = stateOf(row)
          if (state === null) return ''
          const sign = state === 'expired' ? '✕ ' : state === 'expiring' ? '▽ ' : ''
          return sign + t(`licence-${state}`)
        },
        className: (row) => {
          const state = stateOf(row)
          return state === 'expired' ? styles.bad : state === 'expiring' ? styles.warn : undefined
        },
        width: 110,
      },
    ]
  }, [t, language, directory, readItem, canEdit, today])
  const aliasColumns = useMemo<readonly GridColumn<AliasRow>[]>(
    () => [
      {
        id: 'alias',
        header: t('alias'),
        kind: 'text',
        value: (row) => row.alias,
        editable: canEdit,
        width: 200,
        grow: 1,
      },
    ],
    [t, canEdit],
  )
  const edits = canEdit
  return (
    <>
      <Refusals refusals={wrong.length > 0 ? wrong : save.refusals} fault={save.fault} onClose={save.clear} />
      {changed && (
        <div className={styles.buttons} role="status">
          <strong>{t('unsaved')}</strong>
          <Button variant="default" onClick={() => put(detail)}>
            {t('discard')}
          </Button>
          <Button aria-busy={save.busy} rightSection={<kbd>Ctrl+S</kbd>} onClick={send}>
            {t('save')}
          </Button>
        </div>
      )}
      <div className={styles.detail}>
        <section className={styles.part} aria-labelledby="liaison-detail-contacts">
          <h2 id="liaison-detail-contacts">{t('contacts')}</h2>
          <div className={styles.short}>
            <Grid
              label={t('contacts')}
              rows={contacts.rows}
              columns={contactColumns}
              rowId={idOf}
              keysHint={false}
              {...(edits ? { onEdits: contacts.onEdits, growRows: contacts.growRows } : {})}
            />
          </div>
        </section>
        <section className={styles.part} aria-labelledby="liaison-detail-aliases">
          <h2 id="liaison-detail-aliases">{`${t('aliases')} · ${t('aliasesLead')}`}</h2>
          <div className={styles.short}>
            <Grid
              label={t('aliases')}
              rows={aliases.rows}
              columns={aliasColumns}
              rowId={idOf}
              keysHint={false}
              {...(edits ? { onEdits: aliases.onEdits, growRows: aliases.growRows } : {})}
            />
          </div>
        </section>
        <section className={`${styles.part} ${styles.wide}`} aria-labelledby="liaison-detail-licences">
          <h2 id="liaison-detail-licences">{t('licences')}</h2>
          <div className={styles.short}>
            <Grid
              label={t('licences')}
              rows={licences.rows}
              columns={licenceColumns}
              rowId={idOf}
              keysHint={false}
              {...(edits ? { onEdits: licences.onEdits, growRows: licences.growRows } : {})}
            />
          </div>
          {edits && <p className={styles.nothing}>{t('rowsHint')}</p>}
        </section>
      </div>
    </>
  )
}
