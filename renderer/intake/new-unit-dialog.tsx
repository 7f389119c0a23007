import { Button, Checkbox, Group, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { UnitFacts } from '../../core/intake/unit-list.ts'
import { type UnitKind, unitKinds } from '../../core/place.ts'
import { formatNumber } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { useLanguage, useText } from '../text/text.ts'
import { unitListText } from '../text/unit-list.ts'
import { wordText } from '../text/words.ts'
import styles from './intake.module.css'
import type { ListRow } from './list-rows.ts'
import { missingUnits } from './unit-cells.ts'

const tiers = ['1', '2', '3'] as const
const mostShown = 300

/** A unit that a list names and the register doesn't have yet, and with it all the others of the list, if the clerk says so. */
export function NewUnitDialog(props: {
  readonly row: ListRow
  readonly rows: readonly ListRow[]
  readonly facts: UnitFacts
  readonly onClose: () => void
  readonly onMade: (made: ReadonlyMap<string, number>) => void
}) {
  const t = useText(unitListText)
  const words = useText(wordText)
  const language = useLanguage()
  const save = useCommand(client.unit.saveList)
  const { first, others } = useMemo(
    () => missingUnits(props.row, props.rows, props.facts),
    [props.row, props.rows, props.facts],
  )
  const [unit, setUnit] = useState(first.input)
  const [kind, setKind] = useState<UnitKind | ''>(first.kind ?? '')
  const [tier, setTier] = useState(String(first.input.tier))
  const [all, setAll] = useState(false)
  /** Of those whose kind nothing tells. */
  const [otherKind, setOtherKind] = useState<UnitKind | ''>('')
  const [missing, setMissing] = useState<string | null>(null)
  const untold = others.filter((one) => one.kind === null).length
  const kinds = [
    { value: '', label: t('chooseKind') },
    ...unitKinds.map((value) => ({ value, label: words(`unitKind-${value}`) })),
  ]
  const kindOf = (value: string): UnitKind | '' => unitKinds.find((one) => one === value) ?? ''

  const make = async () => {
    if (kind === '') return setMissing(t('kindMissing', { name: unit.name }))
    if (all && untold > 0 && otherKind === '') return setMissing(t('otherKindMissing', { count: untold }))
    setMissing(null)
    const more = all ? others : []
    const outcome = await save.run({
      list: null,
      units: [
        { ...unit, unitKind: kind, tier: Number(tier) },
        ...more.map((one) => ({ ...one.input, unitKind: one.kind ?? (otherKind || kind) })),
      ],
    })
    if (!outcome.ok) return
    const made = new Map<string, number>()
    for (const one of [{ ...first, input: unit }, ...more]) {
      const found = outcome.value.units.find(
        (row) => row.name === one.input.name && (one.input.town === '' || row.town === one.input.town),
      )
      if (found) made.set(one.key, found.placeId)
    }
    props.onMade(made)
  }
  const field = (name: 'name' | 'town' | 'contact' | 'phone' | 'address', label: string) => (
    <TextInput
      label={label}
      value={unit[name]}
      maxLength={name === 'address' ? 200 : 60}
      {...(name === 'name' ? { 'data-autofocus': true } : {})}
      onChange={(event) => {
        const { value } = event.currentTarget
        setUnit((before) => ({ ...before, [name]: value }))
      }}
    />
  )
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('newUnitTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <Refusals refusals={save.refusals} fault={save.fault} />
        {missing !== null && <p role="alert">{missing}</p>}
        <div className={styles.form}>
          {field('name', words('name'))}
          <NativeSelect
            label={t('kind')}
            value={kind}
            data={kinds}
            onChange={(event) => setKind(kindOf(event.currentTarget.value))}
          />
          <NativeSelect
            label={words('tier')}
            value={tier}
            data={tiers.map((value) => ({ value, label: words(`tier-${value}`) }))}
            onChange={(event) => setTier(event.currentTarget.value)}
          />
          {field('town', words('town'))}
          {field('contact', words('contact'))}
          {field('phone', words('phone'))}
          {field('address', words('address'))}
        </div>
        {others.length > 0 && (
          <Checkbox
            mt="sm"
            label={t('allOthers', { count: others.length, formatted: formatNumber(others.length) })}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
        {all && (
          <>
            {untold > 0 && (
              <NativeSelect
                mt="sm"
                label={t('otherKind', { count: untold })}
                value={otherKind}
                data={kinds}
                onChange={(event) => setOtherKind(kindOf(event.currentTarget.value))}
              />
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must scroll with the keyboard too */}
            <section className={styles.leftOut} tabIndex={0} aria-label={t('others')}>
              <table className={styles.columnTable}>
                <thead>
                  <tr>
                    <th scope="col">{words('name')}</th>
                    <th scope="col">{t('kind')}</th>
                    <th scope="col">{words('tier')}</th>
                    <th scope="col">{words('town')}</th>
                    <th scope="col">{t('doubts')}</th>
                  </tr>
                </thead>
                <tbody>
                  {others.slice(0, mostShown).map((one) => (
                    <tr key={one.key}>
                      <td>{one.input.name}</td>
                      <td>{one.kind === null ? '?' : words(`unitKind-${one.kind}`)}</td>
                      <td>{one.input.tier}</td>
                      <td>{one.input.town}</td>
                      <td>{one.doubts[language]}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </>
        )}
        <Group justify="flex-end" mt="sm">
          <Button variant="default" onClick={props.onClose}>
            {t('close')}
          </Button>
          <Button type="submit" aria-busy={save.busy} rightSection={<kbd>Enter</kbd>}>
            {t('create', { count: 1 + (all ? others.length : 0) })}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
