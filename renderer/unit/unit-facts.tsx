import { Button, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { useKeys } from '../frame/keys.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { tooLong } from '../grid/row-edits.ts'
import { newRequestId, type Outcome } from '../query.ts'
import { catalogueText } from '../text/catalogue.ts'
import { placeText } from '../text/place.ts'
import { refusalSentence } from '../text/refusal.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { wordText } from '../text/words.ts'
import { changeUnit } from './save-unit.ts'
import styles from './unit.module.css'
import { tierChoices, unitKindChoices } from './unit-fields.ts'

const textFields = ['contact', 'phone', 'town', 'route', 'address'] as const
type Facts = Pick<UnitRow, (typeof textFields)[number] | 'unitKind' | 'tier'>
type Failure = Extract<Outcome<unknown>, { ok: false }>

/** Kind, tier and contact. Typed here over the unit, saved with Ctrl+S; a refusal stands at its field. */
export function UnitFacts({ unit, canEdit }: { readonly unit: UnitRow; readonly canEdit: boolean }) {
  const t = useText(unitText)
  const words = useText(wordText)
  const places = useText(placeText)
  const catalogue = useText(catalogueText)
  const language = useLanguage()
  const [typed, setTyped] = useState<Partial<Facts>>({})
  const [requestId, setRequestId] = useState(newRequestId)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const changed = Object.entries(typed).some(([name, value]) => unit[name as keyof Facts] !== value)

  const type = (change: Partial<Facts>) => {
    setRequestId(newRequestId())
    setTyped((now) => ({ ...now, ...change }))
  }
  const save = async () => {
    if (!changed || busy) return
    const long = textFields.flatMap((field) =>
      tooLong(field, typed[field] ?? unit[field], field === 'address' ? 200 : 60),
    )
    if (long.length > 0) return setFailure({ ok: false, refusals: long, fault: null })
    setBusy(true)
    const outcome = await changeUnit(unit.placeId, requestId, (now) => ({ ...now, ...typed }))
    setBusy(false)
    setFailure(outcome.ok ? null : outcome)
    if (!outcome.ok) return
    setTyped({})
    notifications.show({ message: t('savedFacts', { name: nameOf(outcome.value, language) }) })
  }
  useKeys('keysScreen', canEdit ? [{ chord: 'Ctrl+S', label: catalogue('keySave'), run: () => void save() }] : [])
  const problem = (field: string) => {
    const found = failure?.refusals.find((refusal) => refusal.field === field)
    return found ? refusalSentence(found, language) : undefined
  }
  const shownFields: readonly string[] = [...textFields, 'unitKind', 'tier']
  const rest = failure?.refusals.filter(({ field }) => field === null || !shownFields.includes(field)) ?? []
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2>{t('facts')}</h2>
      <div className={styles.fields}>
        <Select
          size="xs"
          label={places('unitKind')}
          data={unitKindChoices(words)}
          value={typed.unitKind ?? unit.unitKind}
          onChange={(value) => value !== null && type({ unitKind: value as UnitRow['unitKind'] })}
          disabled={!canEdit}
          allowDeselect={false}
          error={problem('unitKind')}
        />
        <Select
          size="xs"
          label={words('tier')}
          data={tierChoices(words).map(({ value, label }) => ({ value: String(value), label }))}
          value={String(typed.tier ?? unit.tier)}
          onChange={(value) => value !== null && type({ tier: Number(value) as UnitRow['tier'] })}
          disabled={!canEdit}
          allowDeselect={false}
          error={problem('tier')}
        />
        {textFields.map((field) => (
          <TextInput
            key={field}
            size="xs"
            className={field === 'address' ? styles.whole : undefined}
            label={field === 'route' ? places('route') : words(field)}
            value={typed[field] ?? unit[field]}
            onChange={(event) => type({ [field]: event.currentTarget.value })}
            disabled={!canEdit}
            error={problem(field)}
          />
        ))}
      </div>
      <Refusals refusals={rest} fault={failure?.fault} />
      {canEdit && changed && (
        <div className={styles.fieldsFoot}>
          {t('changed')}
          <Button type="submit" loading={busy}>
            {t('saveFacts')} Ctrl+S
          </Button>
        </div>
      )}
    </form>
  )
}
