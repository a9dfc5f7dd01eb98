/**
 * How a report looks as a web page and on A4 paper. The table heads are repeated on every page, no heading is left
 * alone at the foot of one, and no row is cut in two.
 */
export const style = `
@page { size: A4; margin: 20mm 16mm; }
body { margin: 0 auto; max-width: 210mm; padding: 1.5rem; color: #000; background: #fff;
  font: 16px/1.75 FangSong, STFangsong, 仿宋, SimSun, serif; }
h1 { font-size: 1.6em; line-height: 1.4; text-align: center; text-wrap: balance; }
h2 { font-size: 1.15em; font-family: SimHei, STHeiti, 黑体, sans-serif; break-after: avoid; margin: 1.5em 0 .5em; }
p { margin: 0; min-height: 1.75em; orphans: 2; widows: 2; overflow-wrap: anywhere; }
.status { text-align: center; font-weight: bold; color: #b00000; }
.table { overflow-x: auto; }
table { width: 100%; min-width: 44em; border-collapse: collapse; font-size: .8em; line-height: 1.35; }
th, td { border: 1px solid #000; padding: .3em .35em; text-align: center; vertical-align: middle; font-weight: normal; }
th[scope^='row']:not(:only-child) { text-align: left; }
td { min-width: 1.5em; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { body { max-width: none; padding: 0; font-size: 12pt; } .table { overflow: visible; }
  table { min-width: 0; } }
`;
