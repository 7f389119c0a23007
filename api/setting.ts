import { Checks } from '../core/checks.ts'
import { checkPatterns, defaultPatterns, type NumberPatterns } from '../core/numbering.ts'
import { refusal } from '../core/refusal.ts'
import { chosenSignPlaces, type DocumentSigners, decideSigners, type Signer } from '../core/signer.ts'
import { normaliseText } from '../core/text.ts'
import { isEmpty, readSettings, saveSetting } from '../db/desk.ts'
import { saveDepot } from '../db/place.ts'
import type { Reader } from '../db/statement.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { searchText } from './search-text.ts'

export type Settings = {
  organisation: string
  organisationEn: string
  utcOffsetMinutes: number
  shortBelowDays: number
  nearExpiryDays: number
  unsignedAfterDays: number
  sealLine: string
  sealLineEn: string
  numberPatterns: NumberPatterns
  /** Every pattern that slips have ever had: old slips keep their numbers, and their QR codes are still read. */
  slipPatterns: string[]
  signers: Signer[]
  documentSigners: DocumentSigners
}

/** What holds until someone saves otherwise. China has one time zone, UTC+8. */
export const defaultSettings: Settings = {
  organisation: '',
  organisationEn: '',
  utcOffsetMinutes: 480,
  shortBelowDays: 7,
  nearExpiryDays: 90,
  unsignedAfterDays: 3,
  sealLine: '',
  sealLineEn: '',
  numberPatterns: defaultPatterns,
  slipPatterns: [defaultPatterns.slip],
  signers: [],
  documentSigners: {},
}

export function getSettings(db: Reader): Settings {
  const saved = readSettings(db)
  const settings: Record<string, unknown> = { ...defaultSettings }
  for (const name of Object.keys(defaultSettings)) if (saved.has(name)) settings[name] = saved.get(name)
  return settings as Settings
}

/** Set when the user has chosen how to begin, so that the first-start screen is not shown again. */
export const startedSetting = 'started'

export const setting = {
  get: os.setting.get.handler(({ context }) => getSettings(context.desk.database)),

  save: os.setting.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['setting', 'stock'],
      (db, stamp) => {
        const checks = new Checks()
        const settings = {
          organisation: checks.text('organisation', input.organisation, { longest: 60 }),
          organisationEn: checks.text('organisationEn', input.organisationEn, { longest: 60 }),
          utcOffsetMinutes: checks.whole('utcOffsetMinutes', input.utcOffsetMinutes, -720, 840),
          shortBelowDays: checks.whole('shortBelowDays', input.shortBelowDays, 1, 365),
          nearExpiryDays: checks.whole('nearExpiryDays', input.nearExpiryDays, 1, 3650),
          unsignedAfterDays: checks.whole('unsignedAfterDays', input.unsignedAfterDays, 1, 90),
        }
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const before: Record<string, unknown> = { ...getSettings(db) }
        for (const [name, value] of Object.entries(settings)) {
          if (before[name] !== value) saveSetting(db, stamp, name, value)
        }
        return { saved: true }
      },
      (db) => getSettings(db),
    ),
  ),

  saveDocuments: os.setting.saveDocuments.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['setting'],
      (db, stamp) => {
        const checks = new Checks()
        const { slipPatterns, ...before } = getSettings(db)
        const settings = {
          sealLine: checks.text('sealLine', input.sealLine, { longest: 30 }),
          sealLineEn: checks.text('sealLineEn', input.sealLineEn, { longest: 40 }),
          numberPatterns: input.numberPatterns,
          slipPatterns: [...new Set([...slipPatterns, input.numberPatterns.slip])],
        }
        // Printed as it was written: a seal's full-width brackets are not folded.
        if (checks.refusals.length === 0) settings.sealLine = input.sealLine.trim()
        const signers = decideSigners(input.signers)
        const documentSigners = chosenSignPlaces(input.documentSigners)
        if (!signers.ok) checks.refusals.push(...signers.refusals)
        checks.refusals.push(...checkPatterns(input.numberPatterns))
        if (checks.refusals.length > 0 || !signers.ok) refuse(...checks.refusals)
        const known: Record<string, unknown> = { ...before, slipPatterns }
        for (const [name, value] of Object.entries({ ...settings, signers: signers.value, documentSigners })) {
          if (JSON.stringify(known[name]) !== JSON.stringify(value)) saveSetting(db, stamp, name, value)
        }
        return { saved: true }
      },
      (db) => getSettings(db),
    ),
  ),

  startEmpty: os.setting.startEmpty.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['setting', 'depot'],
      (db, stamp) => {
        if (!isEmpty(db)) refuse(refusal('in-use', { field: 'database' }))
        const checks = new Checks()
        const organisation = checks.text('organisation', input.organisation, { longest: 60 })
        const depotName = checks.text('depotName', input.depotName, { longest: 60, required: true })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        saveSetting(db, stamp, 'organisation', organisation)
        saveSetting(db, stamp, startedSetting, true)
        const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
        const depot = { code: 'D01', name: normaliseText(depotName), ...nothing }
        saveDepot(db, stamp, null, depot, searchText(depot.code, depot.name, ''))
        return { done: true }
      },
      (_db, receipt) => receipt,
    ),
  ),
}
