/**
 * The style sheet of every document on paper. Sizes are millimetres and points: paper has no pixels.
 * What it promises, and what test/renderer/print/ checks on real PDF: the header row stands on every page, a row is
 * never cut in two, the signatures stay with the last line, a long name wraps and a number never does.
 */
export const paperStyle = `
@page { size: A4; margin: 12mm 12mm 16mm; }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
/* The same widths of letters on every screen as on paper: what is measured in the window is what is printed. */
body { margin: 0; background: #fff; color: #000; font: 9.5pt/1.35 'Noto Sans SC', sans-serif; text-rendering: geometricPrecision; }
/* Half of a collapsed border lies outside its table, and what lies outside the page is cut. */
.paper { break-after: page; padding: 0 0.3mm; }
.paper:last-child { break-after: auto; }
.organisation { text-align: center; font-size: 10pt; }
h1 { margin: 0; text-align: center; font-size: 17pt; line-height: 1.3; }
h1:lang(zh) { letter-spacing: 0.15em; }
h1 .stacked { font-size: 10pt; letter-spacing: 0; }
.top { display: grid; grid-template-columns: 1fr auto 1fr; align-items: start; margin-bottom: 2mm; }
.top .left { font-size: 9pt; }
.top .right { display: flex; justify-content: flex-end; gap: 2mm; text-align: right; font-size: 9pt; }
.qr { width: 21mm; height: 21mm; display: block; }
.cancelled { display: inline-block; border: 0.6mm solid #000; padding: 0.5mm 3mm; font-weight: 700; font-size: 12pt; }
.facts { display: grid; grid-template-columns: repeat(6, 1fr); gap: 0.8mm 5mm; margin: 0 0 2.5mm; }
.facts > div { display: flex; gap: 2mm; grid-column: span 2; }
.facts > .half { grid-column: span 3; }
.facts > .full { grid-column: 1 / -1; }
.facts dt { flex: none; }
.facts dd { margin: 0; font-weight: 700; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: 9pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.25mm solid #000; padding: 0.9mm 1.2mm; text-align: left; vertical-align: middle; overflow-wrap: anywhere; }
th { font-weight: 700; text-align: center; background: #eee; overflow-wrap: normal; word-break: keep-all; }
.stacked { display: block; font-size: 0.84em; font-weight: 400; line-height: 1.25; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.date, .short { white-space: nowrap; text-align: center; }
.name { min-width: 33mm; }
.middle { text-align: center; }
.fitted { white-space: nowrap; }
.remark { min-width: 20mm; font-size: 8pt; }
.strong { font-weight: 700; }
.why td { padding-left: 7mm; font-size: 8pt; background: #fafafa; }
.total td { font-weight: 700; background: #f4f4f4; }
.keep { break-inside: avoid; }
td a { color: inherit; text-decoration: none; }
td.close { border: 0; padding: 0; }
.signatures { display: grid; grid-template-columns: 1fr 36mm; gap: 4mm; margin-top: 4mm; }
.signatures.open { grid-template-columns: 1fr; }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 7mm 5mm; align-content: space-between; padding-bottom: 1mm; }
.sign > div { display: flex; align-items: flex-end; gap: 2mm; }
.sign .who { flex: none; max-width: 60%; }
.sign .rule { flex: 1; min-width: 14mm; border-bottom: 0.25mm solid #000; padding: 0 1mm; overflow-wrap: anywhere; }
.seal { height: 30mm; border: 0.25mm dashed #666; color: #444; display: flex; align-items: flex-end; justify-content: center; font-size: 8.5pt; padding: 1mm; text-align: center; }
.box { display: inline-block; width: 4mm; height: 4mm; border: 0.35mm solid #000; vertical-align: middle; }
.difference { min-width: 20mm; }
.cut { table-layout: fixed; break-after: page; }
.cut:last-child { break-after: auto; }
.carried td { font-weight: 700; border-top-width: 0.5mm; border-bottom-width: 0.5mm; }
.group td { font-weight: 700; background: #f4f4f4; }
.group .stacked, .carried .stacked { display: inline; margin-left: 1.5mm; }
/* The width of a page between its margins, to lay out on it what is measured before it is printed. */
.ruler { display: flow-root; width: 186mm; padding: 0 0.3mm; }
.ruler.across { width: 277mm; }
.matrix { font-size: 8pt; }
.matrix th, .matrix td { padding: 0.7mm 0.9mm; }
.matrix caption { text-align: left; font-size: 8.5pt; padding-bottom: 1mm; }
.matrix .last { border-right-width: 0.5mm; }
h2 { font-size: 11pt; margin: 4mm 0 1.5mm; break-after: avoid; }
h2 .stacked { display: inline; margin-left: 2mm; }
.figures { font-size: 8pt; margin-top: 1mm; }
.figures th, .figures td { padding: 0.4mm 1mm; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; align-items: start; break-inside: avoid; }
svg.chart { display: block; width: 100%; }
svg.chart text { font-size: 2.7px; fill: #000; }
.legend { display: flex; gap: 5mm; margin: 0.5mm 0 0; font-size: 8.5pt; }
.legend svg { width: 4mm; height: 3mm; margin-right: 1.5mm; vertical-align: -0.3mm; }
.rule-of { margin: 0.5mm 0 0; font-size: 8pt; color: #333; }
.sheet { position: relative; overflow: hidden; break-after: page; background: #fff; }
.sheet:last-child { break-after: auto; }
.empty { margin: 20mm 0; text-align: center; font-size: 12pt; }
@media screen {
  html, body { background: #777; }
  .paper { width: 210mm; min-height: 297mm; margin: 6mm auto; padding: 12mm 12mm 16mm; background: #fff; box-shadow: 0 1px 6px #0006; }
  .sheet { margin: 6mm auto; box-shadow: 0 1px 6px #0006; }
  .paper.landscape { width: 297mm; min-height: 210mm; padding: 10mm 10mm 14mm; }
}
`
