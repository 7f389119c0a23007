export { HoldPage } from './hold-page.tsx'
