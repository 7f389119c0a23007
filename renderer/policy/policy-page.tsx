import { Alert, Button, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { IconArchive, IconCopy, IconDeviceFloppy, IconLock, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useState } from 'react'
import type { PolicyRow } from '../../api/contract/round.ts'
import { ConfirmDialog } from '../allocation/confirm-dialog.tsx'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { policyText } from '../text/policy.ts'
import { refusalSentence } from '../text/refusal.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { copyOf, draftOf, fieldsOf, isChanged, newDraft, type PolicyDraft, problemsOf } from './ladder-draft.ts'
import styles from './policy.module.css'
import { PolicyCompare } from './policy-compare.tsx'
import { RungEditor } from './rung-editor.tsx'

/** The ladders by which stock is divided: made, changed while unused, copied, and compared on what is in stock. */
export function PolicyPage() {
  const t = useText(policyText)
  const me = useQuery(api.session.me.queryOptions())
  const policies = useQuery(api.policy.list.queryOptions({ input: { archived: false } }))
  if (policies.isError) {
    const { refusals, fault } = outcomeOf(policies.error)
    return (
      <Page title={t('title')} scroll>
        <Refusals refusals={refusals} fault={fault} />
      </Page>
    )
  }
  if (!policies.data || !me.data) return <Reading />
  return <Policies policies={policies.data} canEdit={me.data.roles.includes('manager')} />
}

function Policies({ policies, canEdit }: { readonly policies: readonly PolicyRow[]; readonly canEdit: boolean }) {
  const t = useText(policyText)
  const language = useLanguage()
  const [draft, setDraft] = useState<PolicyDraft | null>(() => (policies[0] ? draftOf(policies[0]) : null))
  const [tried, setTried] = useState(false)
  const [archiving, setArchiving] = useState(false)
  const [savedName, setSavedName] = useState<string | null>(null)
  const save = useCommand(client.policy.save)
  const archive = useCommand(client.policy.archive)
  const saved = policies.find((policy) => policy.policyId === draft?.policyId)
  const used = saved?.used ?? false
  const changed = draft !== null && !used && isChanged(draft, saved)
  const editable = canEdit && !used
  const problems = draft && editable ? problemsOf(draft) : []
  const shownProblems = tried ? problems : problems.filter((problem) => problem.line !== null)
  const late = useDeferredValue(draft)

  // Someone else saved it: where nothing was changed here, what is new is shown.
  useEffect(() => {
    setDraft((present) => {
      if (!present || present.policyId === null) return present
      const now = policies.find((policy) => policy.policyId === present.policyId)
      return now && now.version !== present.version && now.version > (present.version ?? 0) && !isChanged(present, now)
        ? draftOf(now)
        : present
    })
  }, [policies])

  const open = (next: PolicyDraft) => {
    save.clear()
    setTried(false)
    setSavedName(null)
    setDraft(next)
  }
  const problemText = (field: string) => {
    const found = tried ? problems.find((problem) => problem.line === null && problem.field === field) : undefined
    return found ? refusalSentence(found, language) : null
  }
  const onSave = async () => {
    if (!draft || !editable || !changed) return
    setTried(true)
    if (problems.length > 0) return
    const outcome = await save.run({ policyId: draft.policyId, version: draft.version, ...fieldsOf(draft) })
    if (!outcome.ok) return
    setTried(false)
    setDraft(draftOf(outcome.value))
    setSavedName(nameOf(outcome.value, language))
  }
  useKeys('keysScreen', [{ chord: 'Ctrl+S', label: t('saveKey'), run: () => void onSave() }])

  const copyButton = draft !== null && canEdit && (
    <Button
      variant="default"
      leftSection={<IconCopy size={15} aria-hidden />}
      onClick={() =>
        open(copyOf(draft, t('copyOf', { name: draft.name }), draft.nameEn === '' ? '' : `${draft.nameEn} copy`))
      }
    >
      {t('copy')}
    </Button>
  )

  return (
    <Page title={t('title')} lead={t('lead')} scroll>
      <div className={styles.columns}>
        <nav className={styles.list} aria-label={t('list')}>
          <ul>
            {policies.map((policy) => (
              <li key={policy.policyId}>
                <button
                  type="button"
                  aria-current={policy.policyId === draft?.policyId ? 'true' : undefined}
                  onClick={() => open(draftOf(policy))}
                >
                  <span>{nameOf(policy, language)}</span>
                  {policy.used && (
                    <span className={styles.badge} title={t('usedHint')}>
                      <IconLock size={12} aria-hidden /> {t('used')}
                    </span>
                  )}
                </button>
              </li>
            ))}
            {draft?.policyId === null && (
              <li>
                <button type="button" aria-current="true">
                  <span>{draft.name}</span>
                  <span className={styles.badge}>{t('draft')}</span>
                </button>
              </li>
            )}
          </ul>
          {canEdit ? (
            <Button
              variant="default"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => open(newDraft(t('newName')))}
            >
              {t('add')}
            </Button>
          ) : (
            <p className={styles.muted}>{t('onlyManager')}</p>
          )}
        </nav>
        {draft === null ? (
          <p className={styles.muted}>{t('none')}</p>
        ) : (
          <div className={styles.editor}>
            {used && (
              <Alert variant="light" color="blue" icon={<IconLock aria-hidden />} p="xs">
                <div className={styles.locked}>
                  {t('usedHint')}
                  {copyButton}
                </div>
              </Alert>
            )}
            <Refusals refusals={save.refusals} fault={save.fault} onClose={save.clear} />
            <div className={styles.head}>
              <TextInput
                size="xs"
                label={t('name')}
                value={draft.name}
                maxLength={60}
                readOnly={!editable}
                error={problemText('name')}
                onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                label={t('nameEn')}
                value={draft.nameEn}
                maxLength={60}
                readOnly={!editable}
                error={problemText('nameEn')}
                onChange={(event) => setDraft({ ...draft, nameEn: event.currentTarget.value })}
              />
              <NumberInput
                size="xs"
                label={t('horizon')}
                value={draft.horizonDays ?? ''}
                allowDecimal={false}
                readOnly={!editable}
                error={problemText('horizonDays')}
                onChange={(value) => setDraft({ ...draft, horizonDays: typeof value === 'number' ? value : null })}
              />
              <Select
                size="xs"
                label={t('rounding')}
                title={t('roundingHint')}
                allowDeselect={false}
                disabled={!editable}
                comboboxProps={{ transitionProps: { duration: 0 } }}
                data={(['runs-out-first', 'nearest', 'least-over'] as const).map((value) => ({
                  value,
                  label: t(`rounding-${value}`),
                }))}
                value={draft.rounding}
                onChange={(value) => value && setDraft({ ...draft, rounding: value })}
              />
            </div>
            <div className={styles.switches}>
              <Switch
                size="xs"
                label={t('rolling')}
                description={t('rollingHint')}
                checked={draft.rollingDays !== null}
                disabled={!editable}
                onChange={(event) =>
                  setDraft({ ...draft, rollingDays: event.currentTarget.checked ? (draft.horizonDays ?? 14) : null })
                }
              />
              {draft.rollingDays !== null && (
                <NumberInput
                  size="xs"
                  className={styles.number ?? ''}
                  aria-label={t('rollingDays')}
                  value={draft.rollingDays || ''}
                  allowDecimal={false}
                  suffix={t('daysSuffix')}
                  readOnly={!editable}
                  error={problemText('rollingDays')}
                  onChange={(value) => setDraft({ ...draft, rollingDays: typeof value === 'number' ? value : 0 })}
                />
              )}
              <Switch
                size="xs"
                label={t('nearExpiry')}
                description={t('nearExpiryHint')}
                checked={draft.nearExpiry}
                disabled={!editable}
                onChange={(event) => setDraft({ ...draft, nearExpiry: event.currentTarget.checked })}
              />
            </div>
            <RungEditor draft={draft} problems={shownProblems} editable={editable} onChange={setDraft} />
            {problemText('rungs') !== null && <p className={styles.problem}>{problemText('rungs')}</p>}
            <div className={styles.buttons}>
              {!used && copyButton}
              {canEdit && saved && policies.length > 1 && (
                <Button
                  variant="default"
                  leftSection={<IconArchive size={15} aria-hidden />}
                  onClick={() => setArchiving(true)}
                >
                  {t('archive')}
                </Button>
              )}
              <span className={styles.spacer} role="status">
                {changed && editable ? t('changed') : savedName !== null ? t('saved', { name: savedName }) : ''}
              </span>
              {changed && editable && (
                <Button
                  variant="default"
                  onClick={() => {
                    save.clear()
                    setTried(false)
                    setDraft(saved ? draftOf(saved) : policies[0] ? draftOf(policies[0]) : null)
                  }}
                >
                  {t('discard')}
                </Button>
              )}
              {editable && (
                <Button
                  leftSection={<IconDeviceFloppy size={15} aria-hidden />}
                  rightSection={<kbd>Ctrl+S</kbd>}
                  disabled={!changed}
                  loading={save.busy}
                  onClick={() => void onSave()}
                >
                  {t('save')}
                </Button>
              )}
            </div>
          </div>
        )}
      </div>
      <section aria-label={t('compare')}>
        <h2 className={styles.heading}>{t('compare')}</h2>
        {policies.length > 0 && <PolicyCompare policies={policies} draft={changed ? late : null} />}
      </section>
      {archiving && saved && (
        <ConfirmDialog
          title={t('archive')}
          text={t('archiveSure', { name: nameOf(saved, language) })}
          confirm={t('archive')}
          onClose={() => setArchiving(false)}
          onConfirm={async () => {
            const outcome = await archive.run({ policyId: saved.policyId, archived: true })
            if (!outcome.ok) return
            setArchiving(false)
            const rest = policies.find((policy) => policy.policyId !== saved.policyId)
            setDraft(rest ? draftOf(rest) : null)
          }}
        >
          <Refusals refusals={archive.refusals} fault={archive.fault} />
        </ConfirmDialog>
      )}
    </Page>
  )
}
