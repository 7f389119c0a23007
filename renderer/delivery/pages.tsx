export { DeliveryListPage } from './delivery-list-page.tsx'
export { DeliveryPage } from './delivery-page.tsx'
export { NewDeliveryPage } from './new-delivery-page.tsx'
