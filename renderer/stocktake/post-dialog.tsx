import { Button, Modal, Table } from '@mantine/core'
import { useState } from 'react'
import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { varianceValueFen } from '../../core/stock-move.ts'
import { formatFen } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { DayField } from '../ledger/day-field.tsx'
import { headError } from '../ledger/head-error.ts'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { type SheetLine, summarise } from './count-sheet.ts'
import { signed } from './sheet-columns.ts'

const mostShown = 8

/** What posting will do, and the way to the reasons that are missing. */
export function PostDialog(props: {
  readonly document: StocktakeDocument
  readonly onClose: () => void
  /** A lot whose typed count is no number or was refused, and so is not saved. */
  readonly unsavedLotId: number | null
  /** To a cell of this lot, to be put right. */
  readonly onGoTo: (lotId: number, columnId: 'counted' | 'reason') => void
}) {
  const t = useText(stocktakeText)
  const me = useMe()
  const language = useLanguage()
  const { head, lines } = props.document
  const [date, setDate] = useState(me.businessDate)
  const post = useCommand(client.stocktake.post)
  const sum = summarise(lines)
  const [open] = sum.withoutReason
  const isBlocked = open !== undefined || props.unsavedLotId !== null
  const send = async () => {
    if (post.busy) return
    const outcome = await post.run({ stocktakeId: head.stocktakeId, businessDate: date })
    if (!outcome.ok) return
    showDone(t('posted', { number: head.number }))
    props.onClose()
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t('postTitle', { number: head.number })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={ledgerStyles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (props.unsavedLotId !== null) props.onGoTo(props.unsavedLotId, 'counted')
          else if (open) props.onGoTo(open.lotId, 'reason')
          else void send()
        }}
      >
        <p>{t('postSummary', { counted: sum.counted, lines: sum.lines })}</p>
        {sum.differing.length === 0 ? (
          sum.counted > 0 && <p>{t('postSame')}</p>
        ) : (
          <>
            <p>{t('postDiffers', { surplus: sum.surplus, shortage: sum.shortage })}</p>
            <p>{t('postValue', { surplus: formatFen(sum.surplusFen), shortage: formatFen(sum.shortageFen) })}</p>
            {sum.withoutPrice > 0 && <p>{t('postWithoutPrice', { count: sum.withoutPrice })}</p>}
            <Differences lines={sum.differing} />
          </>
        )}
        {isBlocked && (
          <p className={ledgerStyles.bad}>
            {open && props.unsavedLotId === null
              ? t('postNoReason', { count: sum.withoutReason.length })
              : t('postUnsaved')}
          </p>
        )}
        {!isBlocked && (
          <DayField
            label={t('postDate')}
            value={date}
            today={me.businessDate}
            error={headError(post.refusals, 'businessDate', language)}
            onChange={setDate}
          />
        )}
        <Refusals refusals={post.refusals} fault={post.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" data-autofocus aria-busy={post.busy}>
            {t(props.unsavedLotId !== null ? 'toUnsaved' : open ? 'toReasons' : 'postDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function Differences({ lines }: { readonly lines: readonly SheetLine[] }) {
  const t = useText(stocktakeText)
  const language = useLanguage()
  const more = lines.length - mostShown
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('item')}</Table.Th>
            <Table.Th scope="col">{t('lot')}</Table.Th>
            <Table.Th scope="col" className={ledgerStyles.number}>
              {t('variance')}
            </Table.Th>
            <Table.Th scope="col" className={ledgerStyles.number}>
              {t('value')}
            </Table.Th>
            <Table.Th scope="col">{t('reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.slice(0, mostShown).map((line) => (
            <Table.Tr key={line.lotId}>
              <Table.Td>{pickName(line.itemName, line.itemNameEn, language)}</Table.Td>
              <Table.Td>{line.lot}</Table.Td>
              <Table.Td className={ledgerStyles.number}>
                {`${signed(line.varianceBase ?? 0)} ${measureName(line.baseUnit, language)}`}
              </Table.Td>
              <Table.Td className={ledgerStyles.number}>{formatFen(varianceValueFen(line))}</Table.Td>
              <Table.Td>{line.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more > 0 && <p>{t('postMore', { count: more })}</p>}
    </>
  )
}
