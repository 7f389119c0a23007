import type { LabelSize } from '../../core/label.ts'

/** Font sizes are classes: the policy of a page that shows a document lets no style attribute through. */
export const pointsClass = (points: number): string => `pt${points * 2}`
const pointsRules = Array.from({ length: 40 }, (_, index) => (index + 2) / 2)
  .map((points) => `.${pointsClass(points)} { font-size: ${points}pt; }`)
  .join('\n')

/**
 * The style of a page of labels: the same drawing at two sizes. Millimetres and points, as on paper.
 * @param offset to the right and down, for a printer that prints beside the mark.
 */
export function labelStyle(size: LabelSize, offset: { readonly xMm: number; readonly yMm: number }): string {
  const small = size.id === '50x30'
  const [margin, name, code, gap] = small ? [2, 9.4, 16, 1] : [3, 16, 28, 3]
  return `${pointsRules}
.label, .label-test svg { transform: translate(${offset.xMm}mm, ${offset.yMm}mm); }
.label { display: grid; position: absolute; inset: ${margin}mm; gap: 0 ${gap}mm;
  grid-template: ${name}mm minmax(0, 1fr) / ${code}mm minmax(0, 1fr); line-height: 1.2; }
.label-name { grid-column: 1 / -1; font-weight: 700; overflow-wrap: anywhere; }
.label-code { align-self: end; width: ${code}mm; height: ${code}mm; }
.matrix-code { display: block; width: 100%; height: 100%; }
.no-code { display: flex; align-items: center; justify-content: center; height: 100%; border: 0.2mm solid #000;
  font-size: ${small ? 6 : 9}pt; text-align: center; overflow-wrap: anywhere; padding: 0.5mm; }
.label-facts { margin: 0; display: flex; flex-direction: column; justify-content: space-around; min-width: 0; }
.label-facts > div { overflow-wrap: anywhere; }
.label-facts dt, .label-facts dd { display: inline; margin: 0; }
.label-facts .strong dd { font-weight: 700; }
.label-test { position: absolute; inset: 0; }
.label-test svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.label-test p { position: absolute; left: 0; right: 0; bottom: ${small ? 2.5 : 6}mm; margin: 0; text-align: center;
  font-size: ${small ? 6.5 : 10}pt; line-height: 1.3; }
`
}
