import { Button, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconFileSpreadsheet, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { refusal } from '../../core/refusal.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber, asText } from '../grid/cell-value.ts'
import { useEditNewRow } from '../grid/edit-new-row.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, type Outcome, outcomeOf, queryClient, sendCommand } from '../query.ts'
import { catalogueText } from '../text/catalogue.ts'
import { requestText } from '../text/request.ts'
import { useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { blankRequest, type RequestRow, requestFields } from './request-fields.ts'
import { useRequestNames } from './use-request-names.ts'

const keyOf = (row: RequestRow) => String(row.requestSeq)
const rowKey = (row: EditRow<RequestRow>) => row.key

/** What units ask for: each with what the norm says, how old it is, and a flag where it asks for more. */
export function RequestListPage() {
  const t = useText(requestText)
  const words = useText(wordText)
  const catalogue = useText(catalogueText)
  const language = useLanguage()
  const me = useMe()
  const canEdit = me.can('clerk', 'manager')
  const [all, setAll] = useState(false)
  const [search, setSearch] = useState('')
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const [failure, setFailure] = useState<Extract<Outcome<unknown>, { ok: false }> | null>(null)
  const options = api.request.list.queryOptions({ input: { unitId: null, openOnly: !all } })
  const list = useQuery(options)
  const policies = useQuery(api.policy.list.queryOptions({ input: { archived: false } }))
  const names = useRequestNames(language)
  const fields = useMemo(
    () => requestFields(t, words, names, me.businessDate, canEdit),
    [t, words, names, me.businessDate, canEdit],
  )

  const save = useCallback(
    async ({ values, base, requestId }: SentRow<RequestRow>): Promise<Outcome<RequestRow>> => {
      const missing = (['unitId', 'itemId', 'quantityBase'] as const).filter(
        (field) => values[field] === null || values[field] === '',
      )
      if (missing.length > 0) {
        return { ok: false, refusals: missing.map((field) => refusal('required', { field })), fault: null }
      }
      const written = {
        unitId: asNumber(values.unitId),
        itemId: asNumber(values.itemId),
        quantityBase: asNumber(values.quantityBase),
        requestedOn: asText(values.requestedOn),
        note: asText(values.note),
      }
      const outcome = await sendCommand(client.request.save, { requestId, requests: [written] })
      if (!outcome.ok) return outcome
      // Its number, its norm and what it replaces are the server's to say.
      const rows = await queryClient.fetchQuery({ ...options, staleTime: 0 })
      const found = rows.find((row) => row.unitId === written.unitId && row.itemId === written.itemId)
      return { ok: true, value: found ?? { ...base, ...written } }
    },
    [options],
  )
  const edits = useRowEdits({ rows: list.data, keyOf, blank: blankRequest, fields, save })
  const focused = edits.rows?.find(({ key }) => key === focusedKey) ?? null
  const { onReady, editNew } = useEditNewRow(edits.rows, 'unitId')
  const onFocusCell = useCallback(
    (row: EditRow<RequestRow>) => {
      setFocusedKey(row.key)
      edits.onFocusCell(row)
    },
    [edits.onFocusCell],
  )
  const onAdd = () => {
    setSearch('')
    editNew(edits.add())
  }
  const canWithdraw = focused !== null && (focused.isNew || focused.base.open)
  const onWithdraw = async () => {
    if (!focused || !canWithdraw) return
    const row = focused.isNew ? await edits.discard(focused.key) : focused.base
    if (row === null) return
    const { requestSeq, unitId } = row
    const outcome = await sendCommand(client.request.withdraw, { requestId: newRequestId(), requestSeq })
    setFailure(outcome.ok ? null : outcome)
    if (!outcome.ok) return
    notifications.show({
      message: t('withdrawn', { unit: names.unit(unitId) }),
      closeButtonProps: { 'aria-label': t('close') },
    })
  }
  useKeys(
    'keysScreen',
    canEdit
      ? [
          { chord: 'Alt+N', label: t('add'), run: onAdd },
          { chord: 'Alt+Q', label: t('keyWithdraw'), run: () => void onWithdraw() },
        ]
      : [],
  )
  const searchOf = useCallback(
    ({ isNew, base }: EditRow<RequestRow>) =>
      isNew
        ? search
        : `${names.unit(base.unitId)} ${names.search(base.unitId, base.itemId)} ${names.item(base.itemId)} ${base.note}`,
    [names, search],
  )
  const readFailure = list.isError ? outcomeOf(list.error) : null
  return (
    <Page
      title={t('title')}
      lead={t('lead', { days: policies.data?.[0]?.horizonDays ?? 14 })}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <Switch
          size="xs"
          label={t('showAll')}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      }
      actions={
        canEdit && (
          <>
            <Button
              variant="default"
              disabled={!canWithdraw}
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              rightSection={<kbd>Alt+Q</kbd>}
              onClick={() => void onWithdraw()}
            >
              {t('withdraw')}
            </Button>
            <Button
              component={Link}
              href="/units/requests/intake"
              variant="default"
              leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            >
              {catalogue('fromList')}
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} rightSection={<kbd>Alt+N</kbd>} onClick={onAdd}>
              {t('add')}
            </Button>
          </>
        )
      }
    >
      <Refusals
        refusals={failure?.refusals ?? readFailure?.refusals ?? []}
        fault={failure?.fault ?? readFailure?.fault ?? edits.fault}
        onClose={() => setFailure(null)}
      />
      <Grid
        label={t('title')}
        stateKey="request"
        rows={names.ready ? edits.rows : undefined}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits, growRows: edits.growRows } : {})}
        problemOf={edits.problemOf}
        onFocusCell={onFocusCell}
        onLeave={edits.onLeave}
        onReady={onReady}
        search={search}
        searchOf={searchOf}
        emptyText={all ? t('emptyAll') : t('empty')}
        options={{
          postSortRows: ({ nodes }) =>
            nodes.sort((left, right) => Number(right.data?.isNew) - Number(left.data?.isNew)),
        }}
      />
    </Page>
  )
}
