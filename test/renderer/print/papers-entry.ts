/** What the bench prints, in one bundle: JSX that Node doesn't run as it is. */
export { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
export { makePapersPdf } from '../../../renderer/print/make-pdf.ts'
export { slipDocument } from './papers.ts'
