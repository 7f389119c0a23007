import { type Grade, gradesOfStandards } from '../standard.ts'
import { normaliseText } from '../text.ts'

/**
 * What kind of thing a name means, and of which grade. In January 2020 a list of 36,000 KN95 was booked as N95 for wards;
 * so two names of different grade are never taken for one item, however alike they look.
 */
export interface GradeReading {
  /** The kind of thing: `mask`, `coverall`, `goggles` … or null when the words are none that we know. */
  readonly family: string | null
  /** The grades it can be; empty when nothing is said. More than one: the words leave it open. */
  readonly grades: readonly Grade[]
  /** `standard`: a standard's number says so; `words`: the name says so; `implied`: usual meaning only; `none`. */
  readonly said: 'standard' | 'words' | 'implied' | 'none'
  /** True when the text says two grades that exclude each other (KN95 and GB 19083). */
  readonly conflict: boolean
  /** What else parts two items that look alike: material, strength, size of people. */
  readonly facets: readonly string[]
}

/** Words of things; where several stand in one name the last one is the thing (医用面罩式雾化器 is a nebuliser). */
const families: readonly (readonly [string, RegExp])[] = [
  [
    'mask',
    /口罩|口覃|防颗粒物?呼吸器|自吸过滤[^、,;]*呼吸器|K?N\s?(?:9\d|100)(?!\d)|\bFFP[123]\b|\bKF94\b|\bmasks?\b|\brespirators?\b/gi,
  ],
  ['face-shield', /面屏|防护面罩|隔离面罩|\bface\s?shields?\b|\bvisors?\b/gi],
  ['oxygen-mask', /(?:输氧|吸氧|氧气|麻醉)面罩/g],
  ['goggles', /护目镜|防护眼?镜|眼罩|防护眼镜|\bgoggles?\b/gi],
  ['coverall', /防护服|防护衣|防化服|连体服|隔离服|\bcoveralls?\b|\bprotective (?:suit|clothing)s?\b/gi],
  ['isolation-gown', /隔离衣|\bisolation gowns?\b/gi],
  ['surgical-gown', /手术衣|手术服|手术袍|\bsurgical gowns?\b/gi],
  ['glove', /手套|\bgloves?\b/gi],
  ['shoe-cover', /鞋套|脚套|\bshoe covers?\b/gi],
  ['boot-cover', /靴套|\bboot covers?\b/gi],
  ['boots', /胶靴|雨靴|防污染靴(?!套)|水鞋|胶鞋|\bboots\b/gi],
  ['cap', /(?:防护|医用|手术|圆|条形|一次性|工作)[^、,;/]{0,3}帽|圆顶帽|\bcaps?\b|\bbouffants?\b/gi],
  ['hand-rub', /洗手液|免洗|手消|手部[^、,;]*消毒|皮肤消毒液|\bhand (?:rub|sanitis?z?er|wash)s?\b/gi],
  ['alcohol', /酒精(?!棉)|乙醇|\balcohol\b|\bethanol\b/gi],
  ['disinfectant', /消毒液|消毒剂|消毒水|消毒粉|漂白|次氯酸|过氧乙酸|\bbleach\b|\bdisinfectants?\b/gi],
  ['disinfectant-tablet', /消毒(?:泡腾)?片|泡腾(?:消毒)?片/g],
  ['wipes', /湿巾|湿纸巾|棉片|\bwipes?\b/gi],
  ['thermometer', /体温[计枪]|测温|额温|\bthermometers?\b/gi],
  ['test-kit', /试剂|\btest kits?\b/gi],
  ['sprayer', /喷雾器|喷壶|\bsprayers?\b/gi],
  ['nebuliser', /雾化器/g],
  ['uv', /紫外线/g],
  ['air-purifier', /空气(?:净化|消毒|清新)|\bair purifiers?\b/gi],
  ['ventilator', /呼吸机|\bventilators?\b/gi],
  ['resuscitator', /简易呼吸器/g],
  ['melt-blown', /熔喷布|无纺布(?!.*(?:口罩|帽|鞋套|服|衣))|\bmelt-?blown\b/gi],
]

const facetPatterns: readonly (readonly [string, RegExp])[] = [
  ['latex', /乳胶|\blatex\b/i],
  ['nitrile', /丁腈|\bnitrile\b/i],
  ['vinyl', /PVC|聚氯乙烯|\bvinyl\b/i],
  ['polyethylene', /\bPE\b|聚乙烯(?!.*氯)/i],
]

const insideBrackets = /\([^()]*\)|\[[^[\]]*\]|【[^】]*】/g

function familyOf(text: string): string | null {
  const outside = text.replace(insideBrackets, ' ')
  return lastFamily(outside) ?? lastFamily(text)
}

const familyByName = new Map<string, string | null>()

/** The kind of thing a name means, remembered: a list asks for the same few names a hundred thousand times. */
export function readFamily(name: string): string | null {
  let family = familyByName.get(name)
  if (family === undefined) {
    family = familyOf(normaliseText(name))
    if (familyByName.size > 5000) familyByName.clear()
    familyByName.set(name, family)
  }
  return family
}

function lastFamily(text: string): string | null {
  let best: string | null = null
  let bestEnd = -1
  let bestLength = 0
  for (const [family, pattern] of families) {
    for (const found of text.matchAll(pattern)) {
      const end = found.index + found[0].length
      if (end > bestEnd || (end === bestEnd && found[0].length > bestLength)) {
        best = family
        bestEnd = end
        bestLength = found[0].length
      }
    }
  }
  return best
}

const filterClass = /(?<!K)N\s?(?:95|99|100)(?!\d)/i
/** KN95 counts also where other digits are stuck to it; N95 does not, because N9508 is a model. */
const koreanOrChineseClass = /KN\s?(?:90|95|100)|(?<![A-Za-z])(?:FFP[123]|KF94|KP\s?(?:90|95|100))(?!\d)/i

function maskGrades(text: string): { grades: Grade[]; said: GradeReading['said']; conflict: boolean } {
  const chineseClass = koreanOrChineseClass.test(text)
  const particulate = chineseClass || filterClass.test(text)
  const medicalProtective = /医用(?:级)?防护(?:型)?口罩|医用防护|medical protective/i.test(text)
  const surgical = /外科|surgical/i.test(text)
  const notMedical = /非医用|not? medical|non-?medical/i.test(text)
  const found: Grade[] = []
  if (medicalProtective && !notMedical) found.push('mask-medical-protective')
  if (surgical) found.push('mask-surgical')
  if (particulate || /颗粒物?|自吸过滤|\brespirators?\b/i.test(text)) {
    // A medical protective mask is often called N95 as well; KN95 and FFP2 are words of the other standard alone.
    if (medicalProtective && !notMedical && !chineseClass)
      return { grades: found, said: 'words', conflict: found.length > 1 }
    found.push('mask-particulate')
  }
  if (/日用|民用|社会用|日常防护|活性炭|防尘|PM\s?2\.?5|非医用|cloth|civil/i.test(text) && !particulate)
    found.push('mask-civil')
  if (found.length > 1) return { grades: found, said: 'words', conflict: true }
  if (found.length === 1) {
    // 医用N95: medical by one word, GB 2626 by the other. Open until somebody says which.
    if (found[0] === 'mask-particulate' && /医用|医疗|医护|medical/i.test(text) && !notMedical) {
      return { grades: ['mask-medical-protective', 'mask-particulate'], said: 'words', conflict: false }
    }
    return { grades: found, said: 'words', conflict: false }
  }
  if (/一次性(?:使用)?医用|医用一次性|普通医用|平面医用|医用平面|disposable medical/i.test(text)) {
    return { grades: ['mask-disposable-medical'], said: 'words', conflict: false }
  }
  if (/防护口罩/.test(text)) {
    return { grades: ['mask-medical-protective', 'mask-particulate'], said: 'implied', conflict: false }
  }
  if (/医用|医疗|medical/i.test(text)) {
    // Plain 医用口罩 is sold under both standards.
    return { grades: ['mask-disposable-medical', 'mask-surgical'], said: 'implied', conflict: false }
  }
  if (/普通/.test(text)) return { grades: ['mask-civil', 'mask-disposable-medical'], said: 'implied', conflict: false }
  return { grades: [], said: 'none', conflict: false }
}

function gradesOfWords(
  family: string | null,
  text: string,
): { grades: Grade[]; said: GradeReading['said']; conflict: boolean } {
  const one = (grade: Grade) => ({ grades: [grade], said: 'words' as const, conflict: false })
  if (family === 'mask') return maskGrades(text)
  if (family === 'coverall') {
    if (/防化|化学|chemical/i.test(text)) return one('coverall-chemical')
    if (/医用|医疗|medical/i.test(text)) return one('coverall-medical')
  }
  if (family === 'surgical-gown') return one('gown-surgical')
  if (family === 'glove') {
    if (/外科|手术|surgical/i.test(text)) return one('glove-surgical')
    if (/检查|exam/i.test(text)) return one('glove-exam')
  }
  return { grades: [], said: 'none', conflict: false }
}

/** Reads the grade of a name; `beside` is what stands in the specification and standard columns of the same row. */
export function readGrade(name: string, beside = ''): GradeReading {
  const text = normaliseText(name)
  const rest = normaliseText(beside)
  const family = readFamily(text) ?? (rest === '' ? null : readFamily(rest))
  // Name and specification together: 口罩 with KN95 beside it is a KN95, 医用外科口罩 with N95 beside it is a contradiction.
  const words = gradesOfWords(family, rest === '' ? text : `${text} ${rest}`)
  const byStandard = gradesOfStandards(`${text} ${rest}`)
  const facets = facetsOf(text)
  if (byStandard.length === 0) return { family, ...words, facets }
  if (byStandard.length > 1) return { family, grades: byStandard, said: 'standard', conflict: true, facets }
  // Open words are settled by a standard that is among what they leave open; words that exclude it are a contradiction.
  const excludes = words.grades.length > 0 && !words.grades.includes(byStandard[0]!)
  const conflict = words.conflict || excludes
  return {
    family,
    grades: excludes ? [...words.grades, ...byStandard] : byStandard,
    said: 'standard',
    conflict,
    facets,
  }
}

function facetsOf(text: string): string[] {
  const facets: string[] = []
  for (const [facet, pattern] of facetPatterns) if (pattern.test(text)) facets.push(facet)
  const percent = /(\d+(?:\.\d+)?)\s*%/.exec(text)
  if (percent) facets.push(`${percent[1]}%`)
  if (/儿童|小孩|幼儿|child/i.test(text)) facets.push('child')
  return facets
}

const materials = ['latex', 'nitrile', 'vinyl', 'polyethylene']

/**
 * `wall`: these are two different things, whatever they are called. `same`: the grade is said on both sides and agrees.
 * `open`: nothing speaks against it, and nothing for it.
 */
export function compareGrades(a: GradeReading, b: GradeReading): 'wall' | 'same' | 'open' {
  if (a.family !== null && b.family !== null && a.family !== b.family) return 'wall'
  if (a.conflict || b.conflict) return 'wall'
  if (a.grades.length > 0 && b.grades.length > 0 && !a.grades.some((grade) => b.grades.includes(grade))) return 'wall'
  const percentA = a.facets.find((facet) => facet.endsWith('%'))
  const percentB = b.facets.find((facet) => facet.endsWith('%'))
  if (percentA && percentB && percentA !== percentB) return 'wall'
  const materialA = a.facets.find((facet) => materials.includes(facet))
  const materialB = b.facets.find((facet) => materials.includes(facet))
  if (materialA && materialB && materialA !== materialB) return 'wall'
  if (a.facets.includes('child') !== b.facets.includes('child')) return 'wall'
  const said = (reading: GradeReading) =>
    reading.grades.length === 1 && (reading.said === 'standard' || reading.said === 'words')
  return said(a) && said(b) ? 'same' : 'open'
}
