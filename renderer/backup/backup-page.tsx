import { Button } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconArrowLeft, IconCheck, IconDatabaseExport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { showDone } from '../ledger/show-done.ts'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { backupText } from '../text/backup.ts'
import { useText } from '../text/text.ts'
import styles from './backup.module.css'
import { BackupSettingsForm } from './backup-settings.tsx'
import { BackupState } from './backup-state.tsx'
import { type BackupRow, type Checked, megabytes, verificationWords, warningWords } from './backup-words.ts'
import { RestoreDialog } from './restore-dialog.tsx'

const rowId = (row: BackupRow) => row.file
const searchOf = (row: BackupRow) => `${row.name} ${row.folder}`

type Asked = { readonly file: string; readonly at: number; readonly isUndo: boolean }

/** The backups there are, how the newest ones went, and the way back to one of them. */
export function BackupPage() {
  const t = useText(backupText)
  const canRestore = useMe().can('administrator')
  const [search, setSearch] = useState('')
  const [focused, setFocused] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [checked, setChecked] = useState<ReadonlyMap<string, Checked>>(new Map())
  const [checking, setChecking] = useState<ReturnType<typeof outcomeOf> | 'busy' | null>(null)
  const list = useQuery(api.backup.get.queryOptions())
  const now = useCommand(client.backup.now)
  const grid = useRef<GridApi<BackupRow> | null>(null)
  const rows = list.data?.files
  useFirstRowFocus(grid, 'at', rows)
  const current = rows?.find((row) => row.file === focused) ?? null
  const undo = list.data?.undo ?? null

  const backUp = async () => {
    if (now.busy) return
    const outcome = await now.run({})
    if (outcome.ok && outcome.value.file !== null) showDone(t('done', { name: nameOf(outcome.value.file) }))
  }
  const check = async () => {
    if (current === null || checking === 'busy') return
    setChecking('busy')
    try {
      const found = await client.backup.check({ file: current.file })
      setChecked((known) => new Map(known).set(current.file, found))
      setChecking(null)
    } catch (error) {
      setChecking(outcomeOf(error))
    }
  }
  const restore = () => {
    if (canRestore && current !== null) setAsked({ file: current.file, at: current.at, isUndo: false })
  }
  const takeBack = () => {
    if (canRestore && undo !== null) setAsked({ file: undo.replaced, at: undo.at, isUndo: true })
  }
  useKeys(
    'keysScreen',
    asked !== null
      ? []
      : [
          { chord: 'Alt+B', label: t('keyNow'), run: () => void backUp() },
          { chord: 'Alt+K', label: t('keyCheck'), run: () => void check() },
          ...(canRestore
            ? [
                { chord: 'Alt+R', label: t('keyRestore'), run: restore },
                { chord: 'Alt+U', label: t('keyUndo'), run: takeBack },
              ]
            : []),
        ],
  )
  const columns = useMemo<readonly GridColumn<BackupRow>[]>(
    () => [
      { id: 'at', header: t('at'), kind: 'text', value: (row) => formatInstant(row.at), width: 140 },
      { id: 'kind', header: t('kind'), kind: 'text', value: (row) => t(`kind-${row.kind}`), width: 130 },
      {
        id: 'verified',
        header: t('verified'),
        kind: 'text',
        value: (row) => verificationWords(row, checked.get(row.file), t),
        className: (row) => (checked.get(row.file)?.ok === false ? styles.bad : undefined),
        grow: 2,
        width: 260,
      },
      { id: 'size', header: t('size'), kind: 'number', value: (row) => megabytes(row.bytes), width: 100 },
      { id: 'folder', header: t('folder'), kind: 'text', value: (row) => row.folder, grow: 1, width: 150 },
      { id: 'name', header: t('name'), kind: 'text', value: (row) => row.name, width: 150 },
    ],
    [t, checked],
  )
  const onReady = useCallback((ready: GridApi<BackupRow>) => {
    grid.current = ready
  }, [])
  const onFocusCell = useCallback((row: BackupRow) => setFocused(row.file), [])
  const warning = list.data ? warningWords(list.data, t) : null
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      actions={
        <>
          <Button
            component={Link}
            href="/settings"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {t('toSettings')}
          </Button>
          <Button
            leftSection={<IconDatabaseExport size={16} aria-hidden />}
            rightSection={<kbd>Alt+B</kbd>}
            aria-busy={now.busy}
            onClick={() => void backUp()}
          >
            {t('now')}
          </Button>
        </>
      }
    >
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <Refusals refusals={now.refusals} fault={now.fault} />
      {checking !== null && checking !== 'busy' && <Refusals {...checking} />}
      {warning !== null && (
        <div role="alert" className={styles.warning}>
          <IconAlertTriangle size={18} aria-hidden />
          <span>{warning}</span>
        </div>
      )}
      <div className={styles.columns}>
        <div className={styles.list}>
          <div className={styles.bar}>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCheck size={15} aria-hidden />}
              rightSection={<kbd>Alt+K</kbd>}
              disabled={current === null}
              aria-busy={checking === 'busy'}
              onClick={() => void check()}
            >
              {t('check')}
            </Button>
            {canRestore && (
              <Button
                size="xs"
                variant="default"
                rightSection={<kbd>Alt+R</kbd>}
                disabled={current === null}
                onClick={restore}
              >
                {t('restore')}
              </Button>
            )}
            {canRestore && undo !== null && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconArrowBackUp size={15} aria-hidden />}
                rightSection={<kbd>Alt+U</kbd>}
                onClick={takeBack}
              >
                {t('undo')}
              </Button>
            )}
          </div>
          <Grid
            label={t('list')}
            stateKey="backups"
            rows={rows}
            columns={columns}
            rowId={rowId}
            onReady={onReady}
            search={search}
            searchOf={searchOf}
            emptyText={t('none')}
            onFocusCell={onFocusCell}
          />
        </div>
        <div className={styles.side}>
          {list.data ? (
            <>
              <BackupState backups={list.data} />
              <BackupSettingsForm backups={list.data} />
            </>
          ) : (
            <Reading />
          )}
        </div>
      </div>
      {asked !== null && <RestoreDialog {...asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

const nameOf = (file: string): string => file.replace(/^.*[\\/]/, '')
