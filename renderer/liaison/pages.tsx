export { LiaisonPage } from './board-page.tsx'
export { NewPromisePage } from './new-promise-page.tsx'
export { SupplierLiaisonPage } from './supplier-liaison-page.tsx'
