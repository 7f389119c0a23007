export { ChartPage } from './chart-page.tsx'
