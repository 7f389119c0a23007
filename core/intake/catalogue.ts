/** What the intake needs to know of the items on file. The caller fills it from the database or from a file. */
export interface CataloguePack {
  /** 箱, 盒, carton … */
  readonly unit: string
  readonly sizeBase: number
}

export interface CatalogueItem {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly specification: string
  /** 执行标准, such as `GB 19083-2010`; empty when none. */
  readonly standard: string
  readonly baseUnit: string
  readonly packs: readonly CataloguePack[]
  readonly aliases: readonly string[]
  readonly gtins: readonly string[]
  /** What one line usually brings, in the base unit; null when there is no history. */
  readonly usualQuantityBase: number | null
  readonly shelfLifeDays: number | null
}

export function catalogueItem(item: Partial<CatalogueItem> & Pick<CatalogueItem, 'name'>): CatalogueItem {
  return {
    code: item.name,
    nameEn: '',
    specification: '',
    standard: '',
    baseUnit: '',
    packs: [],
    aliases: [],
    gtins: [],
    usualQuantityBase: null,
    shelfLifeDays: null,
    ...item,
  }
}
