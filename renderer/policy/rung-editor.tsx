import { ActionIcon, Button, Checkbox, NumberInput, Table, TextInput, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import type { Refusal } from '../../core/refusal.ts'
import { formatNumber } from '../format.ts'
import { policyText } from '../text/policy.ts'
import { refusalSentence } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import {
  addRung,
  changeRung,
  mostRungs,
  moveRung,
  type PolicyDraft,
  type RungDraft,
  removeRung,
  tiers,
  toggleTier,
  weightsOf,
} from './ladder-draft.ts'
import styles from './policy.module.css'

export type RungEditorProps = {
  readonly draft: PolicyDraft
  readonly problems: readonly Refusal[]
  readonly editable: boolean
  readonly onChange: (draft: PolicyDraft) => void
}

/** The ladder, a row for each rung, with what it means in words. */
export function RungEditor({ draft, problems, editable, onChange }: RungEditorProps) {
  const t = useText(policyText)
  const language = useLanguage()
  const problemAt = (line: number, field: string) => {
    const found = problems.find((problem) => problem.line === line && problem.field === field)
    return found ? refusalSentence(found, language) : null
  }
  return (
    <>
      <Table className={styles.rungs ?? ''} aria-label={t('rungs')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={styles.narrow}>{t('colRung')}</Table.Th>
            <Table.Th>{t('colName')}</Table.Th>
            <Table.Th>{t('colTiers')}</Table.Th>
            <Table.Th>{t('colDays')}</Table.Th>
            <Table.Th>{t('colWeights')}</Table.Th>
            <Table.Th className={styles.words}>{t('colWords')}</Table.Th>
            {editable && <Table.Th>{t('colActions')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {draft.rungs.map((rung, index) => {
            const line = index + 1
            return (
              <Table.Tr key={rung.key}>
                <Table.Td className={styles.narrow}>{line}</Table.Td>
                <Table.Td className={styles.names}>
                  {(['name', 'nameEn'] as const).map((field) => (
                    <TextInput
                      key={field}
                      size="xs"
                      aria-label={t(field === 'name' ? 'rungName' : 'rungNameEn', { rung: line })}
                      placeholder={t(field === 'name' ? 'rungNameHint' : 'rungNameEnHint')}
                      value={rung[field]}
                      maxLength={60}
                      readOnly={!editable}
                      error={problemAt(line, field)}
                      onChange={(event) => onChange(changeRung(draft, index, { [field]: event.currentTarget.value }))}
                    />
                  ))}
                </Table.Td>
                <Table.Td>
                  <div className={styles.tiers}>
                    {tiers.map((tier) => (
                      <Checkbox
                        key={tier}
                        size="xs"
                        label={String(tier)}
                        aria-label={t('tierIn', { rung: line, tier })}
                        checked={rung.tiers.includes(tier)}
                        disabled={!editable}
                        onChange={() => onChange(toggleTier(draft, index, tier))}
                      />
                    ))}
                  </div>
                  <Problem text={problemAt(line, 'tiers')} />
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    size="xs"
                    className={styles.number ?? ''}
                    aria-label={t('daysOf', { rung: line })}
                    value={rung.days ?? ''}
                    allowDecimal={false}
                    readOnly={!editable}
                    error={problemAt(line, 'days')}
                    onChange={(value) => onChange(changeRung(draft, index, { days: numberOf(value) }))}
                  />
                </Table.Td>
                <Table.Td>
                  <div className={styles.weights}>
                    {tiers.map((tier) => (
                      <NumberInput
                        key={tier}
                        size="xs"
                        className={styles.weight ?? ''}
                        aria-label={t('weightOf', { rung: line, tier })}
                        placeholder="100"
                        value={rung.weights[tier] ?? ''}
                        allowDecimal={false}
                        disabled={!rung.tiers.includes(tier)}
                        readOnly={!editable}
                        onChange={(value) =>
                          onChange(changeRung(draft, index, { weights: { ...rung.weights, [tier]: numberOf(value) } }))
                        }
                      />
                    ))}
                  </div>
                  <Problem text={problemAt(line, 'weightPercent')} />
                </Table.Td>
                <Table.Td className={styles.words}>
                  <RungWords rung={rung} />
                </Table.Td>
                {editable && (
                  <Table.Td className={styles.actions}>
                    <Tooltip label={t('moveUp', { rung: line })}>
                      <ActionIcon
                        aria-label={t('moveUp', { rung: line })}
                        disabled={index === 0}
                        onClick={() => onChange(moveRung(draft, index, -1))}
                      >
                        <IconArrowUp size={16} />
                      </ActionIcon>
                    </Tooltip>
                    <Tooltip label={t('moveDown', { rung: line })}>
                      <ActionIcon
                        aria-label={t('moveDown', { rung: line })}
                        disabled={index === draft.rungs.length - 1}
                        onClick={() => onChange(moveRung(draft, index, 1))}
                      >
                        <IconArrowDown size={16} />
                      </ActionIcon>
                    </Tooltip>
                    <Tooltip label={t('removeRung', { rung: line })}>
                      <ActionIcon
                        aria-label={t('removeRung', { rung: line })}
                        onClick={() => onChange(removeRung(draft, index))}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Tooltip>
                  </Table.Td>
                )}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      <div className={styles.below}>
        {editable && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            disabled={draft.rungs.length >= mostRungs}
            onClick={() => onChange(addRung(draft))}
          >
            {t('addRung')}
          </Button>
        )}
        <span className={styles.muted}>{t('surplus')}</span>
      </div>
    </>
  )
}

function numberOf(value: number | string): number | null {
  return typeof value === 'number' ? value : null
}

function Problem({ text }: { readonly text: string | null }) {
  return text === null ? null : <div className={styles.problem}>{text}</div>
}

function RungWords({ rung }: { readonly rung: RungDraft }) {
  const t = useText(policyText)
  if (rung.tiers.length === 0) return <>{t('wordsNobody')}</>
  const who =
    rung.tiers.length === tiers.length
      ? t('everyone')
      : t('who', { count: rung.tiers.length, tiers: rung.tiers.join(', ') })
  const count = rung.days ?? 0
  const weights = weightsOf(rung)
  if (!weights) return <>{t('wordsFloor', { who, count })}</>
  const words = rung.tiers
    .map((tier) => t('wordsWeight', { tier, weight: formatNumber((weights[tier] ?? 100) / 100) }))
    .join(', ')
  return <>{t('wordsTilt', { who, count, weights: words })}</>
}
