import { knownUnit } from './intake/unit-of-measure.ts'

/** Units of measure in English, by their usual Chinese spelling; the plural, since quantities are rarely one. */
const english: Readonly<Record<string, string>> = {
  只: 'pcs',
  个: 'pcs',
  件: 'pcs',
  片: 'pcs',
  枚: 'pcs',
  支: 'pcs',
  条: 'pcs',
  张: 'sheets',
  顶: 'pcs',
  把: 'pcs',
  根: 'pcs',
  粒: 'tablets',
  块: 'pcs',
  台: 'sets',
  床: 'pcs',
  本: 'books',
  套: 'sets',
  身: 'suits',
  人份: 'tests',
  双: 'pairs',
  副: 'pairs',
  瓶: 'bottles',
  桶: 'drums',
  罐: 'cans',
  壶: 'jugs',
  袋: 'bags',
  管: 'tubes',
  板: 'strips',
  卷: 'rolls',
  盒: 'boxes',
  箱: 'cartons',
  包: 'packs',
  提: 'packs',
  打: 'dozens',
  捆: 'bundles',
  托: 'pallets',
  筐: 'crates',
  柜: 'containers',
  吨: 't',
  千克: 'kg',
  斤: 'jin',
  克: 'g',
  毫克: 'mg',
  升: 'L',
  毫升: 'mL',
  米: 'm',
  厘米: 'cm',
  毫米: 'mm',
  平方米: 'm²',
  立方米: 'm³',
  英寸: 'in',
}

/** 件 is one garment where things are counted, and a case where packs are. */
const englishOfPacks: Readonly<Record<string, string>> = { ...english, 件: 'cases' }

/**
 * A unit of measure for readers of English, however the list wrote it (`隻`, `大箱`). A word that isn't known, or is not
 * Chinese, stays as it was written.
 * @param counts things counted one by one, or the packs that hold them.
 */
export function englishMeasure(word: string, counts: 'things' | 'packs' = 'things'): string {
  if (!/\p{Script=Han}/u.test(word)) return word
  const unit = knownUnit(word)?.unit ?? word
  return (counts === 'packs' ? englishOfPacks : english)[unit] ?? word
}
