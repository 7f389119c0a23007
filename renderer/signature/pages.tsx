export { PickPage } from './pick-page.tsx'
export { SignPage } from './sign-page.tsx'
