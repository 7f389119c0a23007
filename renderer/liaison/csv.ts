export { csvBytes } from '../export/csv.ts'
