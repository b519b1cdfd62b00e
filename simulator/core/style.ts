/** One style sheet for every simulated page: quiet, light and dark, usable on a phone. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--paper:#fff;--back:#f4f6f8;--act:#0b5cad;--act-ink:#fff;--good:#14713c;--bad:#b3261e;--hint:#eaf2fb}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf2;--soft:#a3adba;--line:#333c48;--paper:#1a2029;--back:#12161c;--act:#7db7f2;--act-ink:#0d1a29;--good:#7fd6a0;--bad:#ff9d94;--hint:#1d2a3a}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
header{display:flex;gap:.75rem;align-items:center;padding:.75rem 1rem;border-bottom:1px solid var(--line);background:var(--paper)}
.brand{font-weight:650;color:inherit;text-decoration:none}
.tag{font-size:.75rem;color:var(--soft);border:1px solid var(--line);border-radius:99px;padding:.05rem .5rem}
main{margin:0 auto;padding:1.5rem 1rem 4rem}main.narrow{max-width:44rem}main.wide{max-width:76rem}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}.card>:first-child,.spread>h2{margin-top:0}
p{margin:.5rem 0}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}
a{color:var(--act)}a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid var(--act);outline-offset:2px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.25rem;margin:1rem 0}
.note{background:var(--hint);border-radius:8px;padding:.75rem 1rem}
.row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end}.spread{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;align-items:center}
label{display:block;font-weight:550;margin:.75rem 0 .25rem}label.check{display:flex;gap:.6rem;align-items:center;font-weight:400;min-height:2.75rem;margin:0}
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);border-radius:6px;padding:.55rem .7rem;min-height:2.75rem;width:100%;max-width:100%}
input[type=checkbox],input[type=radio]{width:1.2rem;height:1.2rem;min-height:0;flex:none;accent-color:var(--act)}
.links{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}.row>*{flex:1 1 9rem}.row>p{align-self:center}.row>button,.row>.button{flex:0 0 auto}
button,.button{display:inline-flex;align-items:center;justify-content:center;font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.1rem;border-radius:6px;border:1px solid var(--act);background:var(--act);color:var(--act-ink);text-decoration:none;cursor:pointer}
button.quiet,.button.quiet{background:transparent;color:var(--act)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}th{font-size:.85rem;color:var(--soft);font-weight:600}
fieldset{border:1px solid var(--line);border-radius:8px;margin:1rem 0;padding:.25rem 1rem}legend{font-weight:550;padding:0 .35rem}.scroll{overflow-x:auto}.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.big{font-size:1.75rem;font-weight:650;font-variant-numeric:tabular-nums}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;margin:0}
.wrap{overflow-wrap:anywhere}.facts{display:block;min-width:18rem}.books-places{align-items:center;margin-bottom:.5rem}
.pill{display:inline-block;font-size:.8rem;font-weight:600;border:1px solid currentColor;border-radius:99px;padding:0 .55rem;white-space:nowrap}
table.listed{table-layout:auto}.listed td{vertical-align:middle}.listed td[data-head=Date],.listed td[data-head=Due]{white-space:nowrap}.listed code{overflow-wrap:normal}.clip{max-width:12rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.listed form.row{flex-wrap:nowrap}.listed button{min-height:2.25rem;padding:.25rem .75rem}
@media (max-width:56rem){.listed thead{display:none}.listed,.listed tbody{display:block}.listed tr{display:grid;grid-template-columns:1fr 1fr;gap:.25rem 1rem;padding:.9rem 0;border-bottom:1px solid var(--line)}.listed td{display:block;border:0;padding:0;text-align:left;min-width:0;max-width:100%}.listed td[data-head]::before{content:attr(data-head);display:block;font-size:.75rem;color:var(--soft)}.listed td.clip{grid-column:1/-1;max-width:100%}}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
`;
