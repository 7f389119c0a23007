import { Button, SegmentedControl } from '@mantine/core'
import { IconChecks, IconClipboardList, IconTruckDelivery } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import type { SlipDocument } from '../../api/contract/round.ts'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { FormActions } from '../ledger/form-actions.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { Note } from '../ledger/note.tsx'
import { showDone } from '../ledger/show-done.ts'
import { type TypedCells, type TypedRow, typeInto } from '../ledger/typed-cells.ts'
import { typedRowId, useTypedCells } from '../ledger/use-typed-cells.ts'
import { api, client, outcomeOf, queryClient, useCommand } from '../query.ts'
import { useSlipActions } from '../slip/use-slip-actions.tsx'
import { signatureText } from '../text/signature.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { packWord, wordText } from '../text/words.ts'
import { fillAsPlanned, readPicked, unpicked } from './picked-lines.ts'
import { cellsByLine, lineId, type SlipLine } from './signed-lines.ts'
import { SlipFacts } from './slip-facts.tsx'

type Row = TypedRow<SlipLine>

/** What was found on the shelf of one slip's lines. */
export function PickPage() {
  const t = useText(signatureText)
  const slipId = Number(useParams<{ slipId: string }>().slipId)
  const known = Number.isSafeInteger(slipId) && slipId > 0
  const slip = useQuery(api.slip.get.queryOptions({ input: { slipIds: [known ? slipId : 1] }, enabled: known }))
  const document = known ? slip.data?.[0] : undefined
  if (document) return <PickForm key={slipId} document={document} />
  if (known && slip.isPending) return <Reading />
  return (
    <Page title={t('title')} scroll>
      {slip.isError && <Refusals {...outcomeOf(slip.error)} />}
      <div>
        <Button component={Link} href="/slips/sign" variant="default">
          {t('backToList')}
        </Button>
      </div>
    </Page>
  )
}

function PickForm({ document }: { readonly document: SlipDocument }) {
  const t = useText(signatureText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const { head, lines } = document
  const isOpen = head.state === 'approved' && me.can('clerk', 'manager')
  const [replan, setReplan] = useState(true)
  const actions = useSlipActions()
  const problemsOf = useCallback((typed: TypedCells) => readPicked(lines, typed).problems, [lines])
  const cells = useTypedCells<SlipLine>(lines, lineId, problemsOf)
  const { typed, setTyped, focusCell, reset } = cells
  const pick = useCommand(client.slip.pick)

  const { picked } = readPicked(lines, typed)
  const packsOf = new Map(lines.map((line) => [line.line, line.packs]))
  const short = picked.filter(({ line, packs }) => packs < (packsOf.get(line) ?? 0)).length
  const open = unpicked(lines)
  const isDone = isOpen && open.length === 0 && typed.size === 0
  const fill = () => {
    setTyped((now) => typeInto(now, fillAsPlanned(lines, now)))
    focusCell(null, 'picked')
  }
  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await pick.run({ slipId: head.slipId, lines: [...picked], replan: short > 0 && replan })
    if (!outcome.ok) {
      cells.answer(outcome.refusals, cellsByLine(lines, 'picked'))
      const about = outcome.refusals.find(({ line }) => line !== null)
      if (about) focusCell(String(about.line), 'picked')
      return
    }
    queryClient.setQueryData(api.slip.get.queryKey({ input: { slipIds: [head.slipId] } }), [outcome.value])
    reset()
    const more = outcome.value.lines.length - lines.length
    showDone(
      more > 0
        ? t('savedMore', { count: more })
        : short > 0 && replan
          ? t('savedShort')
          : t('saved', { number: head.number }),
    )
    const [next] = unpicked(outcome.value.lines)
    if (next) focusCell(lineId(next), 'picked')
  }
  useKeys('keysScreen', [
    { chord: 'Alt+P', label: t('keyPickList'), run: () => actions.print([head], 'pick-lists') },
    ...(isOpen ? [{ chord: 'Alt+A', label: t('keyFillAll'), run: fill }] : []),
    ...(isDone ? [{ chord: 'Alt+F', label: t('keyDispatch'), run: () => actions.ask('dispatch', [head]) }] : []),
  ])
  const dispatchRef = useRef<HTMLButtonElement>(null)
  const signRef = useRef<HTMLAnchorElement>(null)
  // What comes next has the cursor: Enter goes on.
  useEffect(() => {
    if (isDone) dispatchRef.current?.focus()
  }, [isDone])
  useEffect(() => {
    if (head.state === 'dispatched') signRef.current?.focus()
  }, [head.state])

  const columns = useMemo<readonly GridColumn<Row>[]>(
    () => [
      { id: 'line', header: '#', kind: 'number', value: ({ row }) => row.line, width: 52 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: ({ row }) =>
          [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 190,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: ({ row }) => row.lot, grow: 1, width: 115 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: ({ row }) => row.expiresOn, width: 108 },
      {
        id: 'planned',
        header: t('planned'),
        kind: 'number',
        value: ({ row }) => row.packs,
        show: (value, { row }) =>
          t('packsOf', {
            count: formatNumber(Number(value)),
            pack: packWord(row.packName, language),
            size: formatNumber(row.packSizeBase),
          }),
        width: 150,
      },
      {
        id: 'picked',
        header: t('picked'),
        kind: 'number',
        value: ({ row, cells: { picked: value } }) => (value === undefined ? row.pickedPacks : value),
        editable: isOpen,
        width: 105,
      },
      {
        id: 'short',
        header: t('short'),
        kind: 'number',
        value: ({ row, cells: { picked: value = row.pickedPacks } }) =>
          typeof value === 'number' && value < row.packs ? row.packs - value : null,
        className: () => ledgerStyles.bad,
        width: 90,
      },
    ],
    [t, language, isOpen],
  )
  const back = { href: '/slips/sign', label: t('backToList') }
  const printButton = (
    <Button
      variant="default"
      leftSection={<IconClipboardList size={16} aria-hidden />}
      rightSection={<kbd>Alt+P</kbd>}
      onClick={() => actions.print([head], 'pick-lists')}
    >
      {t('pickList')}
    </Button>
  )
  return (
    <Page
      title={t('pickTitle', { number: head.number })}
      lead={isOpen ? t('pickHint') : words(`state-${head.state}`)}
      actions={
        isOpen ? (
          <FormActions
            back={back}
            label={t('save')}
            busy={pick.busy}
            disabled={picked.length === 0}
            onSend={send}
            grid={cells.grid}
          >
            {printButton}
            <Button
              variant="default"
              leftSection={<IconChecks size={16} aria-hidden />}
              rightSection={<kbd>Alt+A</kbd>}
              onClick={fill}
            >
              {t('fillAll')}
            </Button>
          </FormActions>
        ) : (
          <Button component={Link} href={back.href} variant="default">
            {back.label}
          </Button>
        )
      }
    >
      <SlipFacts head={head} />
      {isDone && (
        <Note tone="good">
          <span>{t('allPicked')}</span>
          <Button
            ref={dispatchRef}
            leftSection={<IconTruckDelivery size={16} aria-hidden />}
            rightSection={<kbd>Alt+F</kbd>}
            onClick={() => actions.ask('dispatch', [head])}
          >
            {t('dispatch')}
          </Button>
        </Note>
      )}
      {head.state !== 'approved' && (
        <Note tone={head.state === 'dispatched' || head.state === 'signed' ? 'good' : 'bad'}>
          <span>{t('notOpen', { state: words(`state-${head.state}`) })}</span>
          {head.state === 'dispatched' && (
            <Button ref={signRef} component={Link} href={`/slips/sign?number=${encodeURIComponent(head.number)}`}>
              {t('toSign')}
            </Button>
          )}
        </Note>
      )}
      {short > 0 && (
        <div className={ledgerStyles.bar}>
          <span id="pick-replan" className={ledgerStyles.bad}>
            {t('replan')}
          </span>
          <SegmentedControl
            size="xs"
            aria-labelledby="pick-replan"
            value={replan ? 'yes' : 'no'}
            onChange={(value) => setReplan(value === 'yes')}
            data={[
              { value: 'yes', label: t('replan-yes') },
              { value: 'no', label: t('replan-no') },
            ]}
          />
        </div>
      )}
      <Refusals refusals={cells.refusals} fault={pick.fault} />
      <Grid
        label={t('pickLines')}
        stateKey="pick"
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        {...(isOpen ? { onEdits: cells.onEdits } : {})}
        onReady={(api) => {
          cells.onReady(api)
          if (isOpen && open[0]) focusCell(lineId(open[0]), 'picked')
        }}
        problemOf={cells.problemOf}
      />
      <div className={ledgerStyles.sum}>
        {picked.length > 0 && <span>{t('pickedSum', { done: picked.length, total: lines.length })}</span>}
        {short > 0 && <span>{t('shortSum', { count: short })}</span>}
      </div>
      {actions.dialog}
    </Page>
  )
}
