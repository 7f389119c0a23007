export { SlipListPage } from './slip-list-page.tsx'
export { SlipPage } from './slip-page.tsx'
