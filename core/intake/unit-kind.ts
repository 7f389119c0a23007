import { type UnitKind, unitKinds } from '../place.ts'
import { nameKey, normaliseText } from '../text.ts'
import { guess, type Reason, wrong } from './reasons.ts'

/** How each kind of frontline unit is called in Chinese, as reasons and sheets name it. */
export const unitKindNames: Readonly<Record<UnitKind, string>> = {
  'designated-hospital': '定点医院',
  'fever-clinic': '发热门诊',
  'isolation-point': '集中隔离点',
  'joint-quarantine-station': '联合检疫站',
  checkpoint: '防疫卡口',
  'town-street': '镇街',
  'village-committee': '村居',
  police: '公安',
  sanitation: '环卫',
  school: '学校',
  enterprise: '复工企业',
}

export const unitKindNamesEn: Readonly<Record<UnitKind, string>> = {
  'designated-hospital': 'Designated hospital',
  'fever-clinic': 'Fever clinic',
  'isolation-point': 'Isolation point',
  'joint-quarantine-station': 'Joint quarantine station',
  checkpoint: 'Checkpoint',
  'town-street': 'Town or street',
  'village-committee': 'Village committee',
  police: 'Police',
  sanitation: 'Sanitation',
  school: 'School',
  enterprise: 'Enterprise resuming work',
}
const bothNames = (kind: UnitKind) => ({ value: unitKindNames[kind], valueEn: unitKindNamesEn[kind] })

/** What is written for a kind as it is; the code itself and the name above count too. */
const written: Readonly<Record<UnitKind, string>> = {
  'designated-hospital': '定点收治医院 定点救治医院',
  'fever-clinic': '发热门诊医院 fever_clinic',
  'isolation-point': '隔离点 集中隔离 集中隔离医学观察点 isolation_point quarantine_site',
  'joint-quarantine-station': '检疫站 联合检疫 joint_quarantine_station',
  checkpoint: '卡口 检查站 卡点 checkpoint',
  'town-street': '镇 街道 镇街道 镇政府 街道办 街道办事处 town_or_street town street',
  'village-committee': '村 居 社区 村委会 居委会 村民委员会 居民委员会 village_committee village',
  police: '派出所 公安局 交警 police',
  sanitation: '环卫所 环卫站 sanitation',
  school: '中学 小学 幼儿园 school',
  enterprise: '企业 工厂 公司 enterprise_resuming_work enterprise company',
}

/** What a name gives away, the first that fits. A guess always. */
const tells: readonly (readonly [RegExp, UnitKind])[] = [
  [/隔离|医学观察|isolation|quarantine (?:site|hotel)/i, 'isolation-point'],
  [/检疫站|joint quarantine/i, 'joint-quarantine-station'],
  [/卡口|卡点|检查站|收费站|checkpoint/i, 'checkpoint'],
  [/发热|门诊|卫生院|卫生服务|卫生室|卫生站|诊所|clinic/i, 'fever-clinic'],
  [/医院|妇幼|保健院|疾控|疾病预防|急救中心|hospital/i, 'designated-hospital'],
  [/派出所|公安|交警|警|police/i, 'police'],
  [/环卫|保洁公司|sanitation/i, 'sanitation'],
  [/学校|小学|中学|大学|学院|幼儿园|school|college/i, 'school'],
  [/村|居委|社区|village|community/i, 'village-committee'],
  [/街道|镇|乡|街办|防控办|town|street/i, 'town-street'],
  [/公司|厂|企业|集团|factory|company|\bco\b|ltd/i, 'enterprise'],
]

const byWord = new Map<string, UnitKind>()
for (const kind of unitKinds)
  for (const word of [kind, unitKindNames[kind], unitKindNamesEn[kind], ...written[kind].split(' ')])
    byWord.set(nameKey(word), kind)

const toldBy = (text: string): UnitKind | null => tells.find(([words]) => words.test(text))?.[1] ?? null

/** @param name of a new unit, by which a blank kind is guessed at; null for one on file, whose kind stands. */
export function readUnitKind(
  text: string,
  name: string | null,
): { readonly value: UnitKind | null; readonly reason: Reason | null } {
  const given = normaliseText(text)
  if (given === '') {
    if (name === null || name === '') return { value: null, reason: null }
    const value = toldBy(name)
    return value === null
      ? { value, reason: wrong('category', 'kind-missing') }
      : { value, reason: guess('category', 'kind-by-name', bothNames(value)) }
  }
  const exact = byWord.get(nameKey(given))
  if (exact !== undefined) return { value: exact, reason: null }
  const value = toldBy(given)
  if (value === null) {
    const allowed = unitKinds.map((kind) => unitKindNames[kind]).join('、')
    const allowedEn = unitKinds.map((kind) => unitKindNamesEn[kind]).join(', ')
    return { value, reason: wrong('category', 'kind-unknown', { given, allowed, allowedEn }) }
  }
  return { value, reason: guess('category', 'kind-read-as', { given, ...bothNames(value) }) }
}

/** Which tier most units of a kind are in (domain.md): 1 touches patients, 2 meets many, 3 the rest. */
export function usualTier(kind: UnitKind): 1 | 2 | 3 {
  if (kind === 'village-committee' || kind === 'school' || kind === 'enterprise') return 3
  return kind === 'checkpoint' || kind === 'town-street' || kind === 'police' || kind === 'sanitation' ? 2 : 1
}

const duties: Readonly<Record<UnitKind, string>> = {
  'designated-hospital': 'inpatient',
  'fever-clinic': 'inpatient',
  'isolation-point': 'caregiver',
  'joint-quarantine-station': 'screening',
  checkpoint: 'screening',
  'town-street': 'office',
  'village-committee': 'office',
  police: 'office',
  sanitation: 'cleaner',
  school: 'office',
  enterprise: 'office',
}

/** Code of the duty that most people of such a unit have. */
export const usualDuty = (kind: UnitKind | null): string | null => (kind === null ? null : duties[kind])
