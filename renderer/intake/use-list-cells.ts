import { useCallback, useMemo, useRef, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import { readPinyin } from '../../api/intake/read-pinyin.ts'
import { createNameMatcher } from '../../core/intake/match-name.ts'
import { type ReasonCode, renderReason } from '../../core/intake/reasons.ts'
import { unitKinds } from '../../core/place.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { nameKey, normaliseText } from '../../core/text.ts'
import { type Catalogue, offerItems } from '../delivery/line.ts'
import type { Offer } from '../delivery/offer-list.tsx'
import { formatNumber } from '../format.ts'
import { intakeText } from '../text/intake.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { catalogueItemOf, createPlaceFinder } from './known-names.ts'
import type { ListFormProps } from './list-form.tsx'
import type { ListGridProps } from './list-grid.tsx'
import type { ListState } from './list-rows.ts'
import {
  cellText,
  givenPlace,
  guessAt,
  type ListColumn,
  type ListRow,
  missingAt,
  reasonsAt,
  statusAt,
} from './list-rows.ts'
import {
  chooseItemFor,
  choosePlaceFor,
  chooseUnitFor,
  confirmCell,
  confirmKind,
  deleteRow,
  editCell,
  isTextColumn,
  placeUnits,
  setPackSize,
} from './list-steps.ts'
import { chooseDepotFor } from './opening-rows.ts'
import { newRowKey } from './row-key.ts'
import { createUnitText, newUnitOffer, offerKinds, offerPlaces } from './unit-cells.ts'
import type { Change, ListHistory } from './use-list-history.ts'

/** The offer at the end of the items: none of them, a new one. */
const newItemOffer = -1
const mostOffered = 8

export type ListCells = {
  readonly grid: Omit<ListGridProps, 'rows' | 'columns' | 'target' | 'counts' | 'onReady'>
  readonly confirmKind: (code: ReasonCode) => void
  readonly refusals: readonly Refusal[]
  /** A row for whose name an item is being made. */
  readonly newItem: { readonly row: ListRow; readonly name: string } | null
  readonly closeNewItem: () => void
  readonly takeNewItem: (item: ItemRow, others: readonly { readonly key: number; readonly item: ItemRow }[]) => void
  /** A row for whose party a unit is being made. */
  readonly newUnit: ListRow | null
  readonly closeNewUnit: () => void
  /** The units that were made, by what their rows share. */
  readonly takeNewUnits: (made: ReadonlyMap<string, number>) => void
}

/** What the cells of a list say, offer and take. */
export function useListCells(
  props: ListFormProps & {
    readonly state: ListState
    readonly steps: Pick<ListHistory, 'change' | 'undo' | 'redo'>
  },
): ListCells {
  const { target, items, units, learnt, context, state, steps } = props
  const { rows } = state
  const learntNow = state.learnt
  const t = useText(intakeText)
  const language = useLanguage()
  const [newItem, setNewItem] = useState<{ row: ListRow; name: string } | null>(null)
  const [newUnit, setNewUnit] = useState<ListRow | null>(null)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])

  const byCode = useMemo(() => new Map(items.map((item) => [item.code, item])), [items])
  const kindWords = useText(wordText)
  const unitText = useMemo(
    () =>
      target === 'unit' && props.facts !== null
        ? createUnitText(props.facts, language, (kind) => kindWords(`unitKind-${kind}`))
        : null,
    [target, props.facts, language, kindWords],
  )
  /** What the cell of the place chooses from. */
  const places: readonly DepotRow[] = target === 'stock' ? props.depots : units
  const placesById = useMemo(() => new Map(places.map((place) => [place.placeId, place])), [places])
  const offered = useMemo<Catalogue>(
    () => ({ items: new Map(items.map((item) => [item.itemId, item])), today: context.today, promised: new Set() }),
    [items, context.today],
  )
  const findPlace = useMemo(() => createPlaceFinder(units, learnt, 'unit'), [units, learnt])
  // Made when a cell is first written: a list that is clean needs none.
  const made = useRef<{
    context: typeof context
    learnt: typeof learntNow
    matcher: ReturnType<typeof createNameMatcher>
  } | null>(null)
  const editContext = useCallback(() => {
    // With what was chosen in this list, so that a row that is written again finds its item again.
    if (made.current?.context !== context || made.current.learnt !== learntNow) {
      const codes = new Map(items.map((item) => [item.itemId, item.code]))
      const chosen = learntNow.flatMap(({ kind, alias, targetId }) => {
        const code = codes.get(targetId)
        return kind === 'item' && code !== undefined ? [[nameKey(alias), code] as const] : []
      })
      const aliases = new Map([...context.aliases, ...chosen])
      made.current = {
        context,
        learnt: learntNow,
        matcher: createNameMatcher({ catalogue: context.catalogue, readPinyin, aliases }),
      }
    }
    return {
      kind: context.kind,
      today: context.today,
      matcher: made.current.matcher,
      hasParty:
        props.beginning.reading?.tables.some((one) =>
          one.recognition.columns.some((column) => column.field === 'party'),
        ) ?? false,
    }
  }, [context, items, learntNow, props.beginning.reading])

  const change = useCallback(
    (next: Change) => {
      setRefusals([])
      steps.change(next)
    },
    [steps],
  )

  const textOf = useCallback(
    (row: ListRow, column: ListColumn): string => {
      const text = cellText(row, column)
      if (column === 'unit' && text === '') {
        // The unit that the row is counted in as long as nobody says another.
        const assumed = row.row.reasons.find((reason) => reason.code === 'unit-missing')
        return String(assumed?.data.value ?? '')
      }
      if (column === 'place' && text === '' && target === 'unit') return t('newUnit')
      if (unitText !== null && column !== 'place') return unitText(row, column) ?? text
      if (text === '') return ''
      if (column === 'match') {
        const item = byCode.get(text)
        return item === undefined ? text : nameOf(item, language)
      }
      if (column === 'place') {
        const unit = placesById.get(Number(text))
        return unit === undefined ? text : nameOf(unit, language)
      }
      if (column === 'quantity') return formatNumber(row.row.quantity)
      if (column === 'quantityBase') {
        const item = row.row.match === null ? undefined : byCode.get(row.row.match)
        return `${formatNumber(row.row.quantityBase)} ${measureName(item?.baseUnit ?? '', language)}`.trim()
      }
      return text
    },
    [byCode, placesById, unitText, target, t, language],
  )

  const packUnit = (row: ListRow) => {
    const item = row.row.match === null ? undefined : byCode.get(row.row.match)
    return item === undefined || row.row.unit === null ? null : { unit: row.row.unit, base: item.baseUnit }
  }

  const words = (row: ListRow, column: ListColumn): string => {
    const missing = missingAt(row, column, target)
    const said = reasonsAt(row, column).map((reason) => renderReason(reason, language))
    if (missing !== null) said.push(t(`missing-${missing}`, { given: givenPlace(row, target) ?? t('noParty') }))
    if (said.length > 0) return said.join(language === 'zh' ? '；' : '; ')
    return ''
  }
  const confirmHint = (row: ListRow, column: ListColumn): string => {
    const guess = guessAt(rows, row, column)
    if (guess === null) return ''
    return guess.rows === 1 ? t('confirmOne') : t('confirmHint', { count: formatNumber(guess.rows) })
  }
  const hint = (row: ListRow, column: ListColumn): string => {
    const status = statusAt(row, column, target)
    if (column === 'source' || status === 'guessed') return confirmHint(row, column)
    if (status === 'sure') return ''
    if (column === 'match' || column === 'place') return t('chooseHint')
    if (column === 'quantityBase') {
      const pack = packUnit(row)
      return pack === null ? '' : t('packHint', pack)
    }
    return t('wrongHint')
  }

  const editText = (row: ListRow, column: ListColumn): string | null => {
    if (column === 'match') return target === 'item' ? null : ''
    if (column === 'place' || column === 'category') return ''
    if (column === 'quantityBase') return packUnit(row) === null ? null : String(row.row.packBase ?? '')
    if (isTextColumn(column)) return cellText(row, column)
    return null
  }

  const offers = (row: ListRow, column: ListColumn, typed: string): readonly Offer[] | null => {
    if (column === 'match') {
      const found = offerItems(typed.trim() === '' ? '' : typed, offered)
      const shown = found.length > 0 || typed.trim() !== '' ? found : nearItems(row)
      const name = normaliseText(typed) || row.row.item || ''
      return [
        ...shown.map(
          (item): Offer => ({
            id: item.itemId,
            label: nameOf(item, language),
            detail: [item.code, item.specification, item.standard].filter((word) => word !== '').join(' · '),
          }),
        ),
        ...(name === '' ? [] : [{ id: newItemOffer, label: t('newItem', { name }), detail: t('newItemDetail') }]),
      ]
    }
    if (column === 'place') {
      const found = offerPlaces(places, typed, language)
      if (target === 'stock') return found
      const name = row.row.party ?? ''
      if (target !== 'unit')
        return name === ''
          ? found
          : [...found, { id: newUnitOffer, label: t('newUnitNamed', { name }), detail: t('newUnitDetail') }]
      return [...found, { id: newUnitOffer, label: t('newUnit'), detail: name }]
    }
    if (column === 'category') return offerKinds(typed, (kind) => kindWords(`unitKind-${kind}`))
    return null
  }
  /** Nothing typed: what looks most like the name as it is written, of whatever grade; the clerk decides. */
  const nearItems = (row: ListRow): ItemRow[] => {
    if (row.row.item === null) return []
    const { item, candidates } = editContext().matcher.match(row.row.item, row.row.standard ?? '')
    const named = [...(item === null ? [] : [item]), ...candidates].slice(0, mostOffered)
    return named.flatMap((one) => byCode.get(one.code) ?? [])
  }

  const onEdit = (row: ListRow, column: ListColumn, text: string) => {
    if (column === 'quantityBase') {
      const size = Number(normaliseText(text).replaceAll(',', ''))
      const pack = packUnit(row)
      if (pack === null) return
      if (!Number.isInteger(size) || size < 1 || size > 1_000_000)
        return setRefusals([
          refusal('out-of-range', {
            line: row.row.source.row,
            field: 'packSizeBase',
            given: text,
            allowed: '1–1,000,000',
          }),
        ])
      return change((now) => setPackSize(now, row.key, size, editContext(), pack.base))
    }
    if (!isTextColumn(column)) return
    const facts = {
      context: editContext(),
      newKey: newRowKey,
      findPlace,
      units: target === 'unit' ? props.facts : null,
    }
    change((now) => editCell(now, row.key, column, text, facts))
  }
  const chooseItem = (row: ListRow, item: ItemRow) =>
    change((now) => chooseItemFor(now, row.key, catalogueItemOf(item), item.itemId, editContext()))
  const onTake = (row: ListRow, column: ListColumn, offer: Offer, typed: string) => {
    if (column === 'category') return onEdit(row, column, unitKinds[offer.id] ?? '')
    if (column === 'place' && target === 'unit' && props.facts !== null) {
      const { facts } = props
      return change((now) => chooseUnitFor(now, row.key, offer.id === newUnitOffer ? null : offer.id, facts))
    }
    if (column === 'place' && target === 'stock') return change((now) => chooseDepotFor(now, row.key, offer.id))
    if (column === 'place' && offer.id === newUnitOffer) return setNewUnit(row)
    if (column === 'place') return change((now) => choosePlaceFor(now, row.key, offer.id))
    if (offer.id === newItemOffer) return setNewItem({ row, name: normaliseText(typed) || row.row.item || '' })
    const item = items.find((one) => one.itemId === offer.id)
    if (item !== undefined) chooseItem(row, item)
  }

  return {
    grid: {
      textOf,
      editText,
      words,
      hint,
      offers,
      onEdit,
      onTake,
      onConfirm: (row, column) => change((now) => confirmCell(now, row.key, column)),
      onConfirmKind: (row, column) => {
        const guess = guessAt(rows, row, column)
        if (guess !== null) change((now) => confirmKind(now, guess.code))
      },
      onDelete: (row) => change((now) => deleteRow(now, row.key)),
      onUndo: steps.undo,
      onRedo: steps.redo,
    },
    confirmKind: (code: ReasonCode) => change((now) => confirmKind(now, code)),
    refusals,
    newUnit,
    closeNewUnit: () => setNewUnit(null),
    takeNewUnits: (made) => {
      change((now) => placeUnits(now, made))
      setNewUnit(null)
    },
    newItem,
    closeNewItem: () => setNewItem(null),
    takeNewItem: (item, others) => {
      if (newItem === null) return
      // All of them in one step, to be taken back in one.
      const made = [{ key: newItem.row.key, item }, ...others]
      const again = editContext()
      change(function* (now) {
        let state = now
        for (const { key, item } of made)
          state = yield* chooseItemFor(state, key, catalogueItemOf(item), item.itemId, again)
        return state
      })
      setNewItem(null)
    },
  }
}
