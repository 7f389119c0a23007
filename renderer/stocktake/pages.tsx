export { ShelfPage } from './shelf-page.tsx'
export { StocktakeListPage } from './stocktake-list-page.tsx'
export { StocktakePage } from './stocktake-page.tsx'
