export { NewRoundPage } from './new-round.tsx'
export { RoundListPage } from './round-list.tsx'
export { RoundPage } from './round-page.tsx'
