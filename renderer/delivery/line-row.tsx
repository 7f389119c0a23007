import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { formatNumber } from '../format.ts'
import { deliveryText } from '../text/delivery.ts'
import { useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { type DraftLine, isBlank, type LineField, lineFields, quantityFields } from './line.ts'
import { cellId, readText, workedOutText } from './line-cells.ts'
import styles from './line-grid.module.css'

export type Promise = {
  readonly promisedBase: number
  readonly deliveredBase: number
  readonly outstandingBase: number
}

export type LineRowProps = {
  readonly line: DraftLine
  /** Among the lines that are sent; null for the blank one at the end. */
  readonly number: number | null
  readonly item: ItemRow | undefined
  readonly promise: Promise | undefined
  /** By field, what is wrong. */
  readonly problems: { readonly [field in LineField]?: string } | undefined
  /** By field, what should be looked at. */
  readonly doubts: { readonly [field in LineField]?: string } | undefined
  /** The cell of this row that has the focus, with what stands in it. */
  readonly active: { readonly field: LineField; readonly text: string } | null
  readonly combobox: { readonly listId: string; readonly open: boolean; readonly optionId: string | null }
  readonly onFocus: (key: string, field: LineField) => void
  readonly onType: (text: string, composing: boolean) => void
  readonly onBlur: () => void
  readonly onRemove: (key: string) => void
}

/** One line of a delivery: a real field in every cell, so that no input method loses a key. */
export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { line, number, item, promise, active } = props
  const language = useLanguage()
  const t = useText(deliveryText)
  const owed =
    promise === undefined
      ? t('noPromise')
      : t('promise', {
          promised: formatNumber(promise.promisedBase),
          delivered: formatNumber(promise.deliveredBase),
          outstanding: formatNumber(promise.outstandingBase),
        })
  const where = number === null ? t('newLine') : String(number)
  return (
    <tr className={styles.row} data-line={line.key}>
      <th scope="row" className={styles.number}>
        {number}
      </th>
      {lineFields.map((field) => {
        const editing = active?.field === field
        const problem = props.problems?.[field]
        const doubt = props.doubts?.[field]
        const worked = workedOutText(line, field, item)
        const lookup = field === 'item' && editing
        return (
          <td
            key={field}
            className={styles.cell}
            data-field={field}
            data-problem={problem === undefined ? undefined : 'true'}
            data-doubt={doubt === undefined ? undefined : 'true'}
            title={problem ?? doubt ?? (worked === '' ? undefined : t('workedOut', { value: worked }))}
          >
            <input
              data-cell={cellId(line.key, field)}
              className={styles.input}
              data-number={quantityFields.has(field) || undefined}
              aria-label={t('cell', { field: t(field), line: where })}
              aria-invalid={problem === undefined ? undefined : true}
              {...((problem ?? doubt) === undefined ? {} : { 'aria-description': problem ?? doubt })}
              autoComplete="off"
              spellCheck={false}
              value={editing ? active.text : readText(line, field, item, language)}
              placeholder={worked}
              {...(field === 'item'
                ? {
                    role: 'combobox',
                    'aria-autocomplete': 'list' as const,
                    'aria-expanded': lookup && props.combobox.open,
                    'aria-controls': props.combobox.listId,
                    ...(lookup && props.combobox.optionId !== null
                      ? { 'aria-activedescendant': props.combobox.optionId }
                      : {}),
                  }
                : {})}
              onFocus={(event) => {
                props.onFocus(line.key, field)
                event.currentTarget.select()
              }}
              onChange={(event) => {
                const { nativeEvent } = event
                props.onType(event.currentTarget.value, nativeEvent instanceof InputEvent && nativeEvent.isComposing)
              }}
              onBlur={props.onBlur}
            />
            {(problem ?? doubt) !== undefined && <IconAlertTriangle className={styles.sign} size={14} aria-hidden />}
            {field === 'item' && item !== undefined && (
              <div className={styles.about}>
                <span>
                  {[item.specification, measureName(item.baseUnit, language)].filter((word) => word !== '').join(' · ')}
                </span>
                <span className={promise === undefined ? '' : styles.promise} title={owed}>
                  {owed}
                </span>
              </div>
            )}
          </td>
        )
      })}
      <td className={styles.cell}>
        {!isBlank(line) && number !== null && (
          <ActionIcon
            tabIndex={-1}
            aria-label={t('removeLine', { line: number })}
            onClick={() => props.onRemove(line.key)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
})
