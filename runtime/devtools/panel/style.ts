/** All styles of the panel. They stand in its shadow, so names are short, and the page's own stay outside. */
export const style = `
:host {
  all: initial;
  color-scheme: light dark;
  --back: #ffffff; --side: #f7f6fb; --line: #e5e3ee; --hover: #f1eff9; --picked: #ebe7fb;
  --text: #211e30; --dim: #6a6680; --accent: #5b4bc4; --on-accent: #ffffff;
  --fresh: #17734a; --fresh-back: #e0f3e9; --stale: #8a5a00; --stale-back: #fcefcf;
  --fetching: #1d5fc0; --fetching-back: #e1edfd; --error: #b3261e; --error-back: #fde5e3;
  --idle: #6a6680; --idle-back: #eceaf2; --shadow: 0 -6px 28px rgb(30 20 80 / 14%);
}
@media (prefers-color-scheme: dark) {
  :host {
    --back: #17161f; --side: #1e1d28; --line: #312f40; --hover: #262432; --picked: #322c55;
    --text: #e9e7f4; --dim: #a09cb6; --accent: #a99bff; --on-accent: #17161f;
    --fresh: #74d6a5; --fresh-back: #16362a; --stale: #ebbf68; --stale-back: #3b2f13;
    --fetching: #86b7ff; --fetching-back: #182d4f; --error: #ff958c; --error-back: #4a211f;
    --idle: #a09cb6; --idle-back: #2b2938; --shadow: 0 -6px 28px rgb(0 0 0 / 55%);
  }
}
* { box-sizing: border-box; margin: 0; }
button, input { font: inherit; color: inherit; }
button { background: none; border: 0; padding: 0; text-align: start; cursor: pointer; }
button:disabled { cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
code, .value, .name, .leaf { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11.5px; }
.icon { flex: none; }

.open {
  position: fixed; z-index: 2147483000; width: 44px; height: 44px; border-radius: 14px;
  display: grid; place-items: center; background: var(--accent); color: var(--on-accent);
  box-shadow: 0 3px 14px rgb(30 20 80 / 32%);
}
.open:hover { filter: brightness(1.08); }
.open:focus-visible { outline-offset: 2px; }
.open svg { width: 24px; height: 24px; }
.bottom-right { right: 16px; bottom: 16px; } .bottom-left { left: 16px; bottom: 16px; }
.top-right { right: 16px; top: 16px; } .top-left { left: 16px; top: 16px; }

.drawer {
  position: fixed; z-index: 2147483000; inset: auto 0 0 0; max-height: calc(100vh - 24px);
  display: flex; flex-direction: column; container-type: inline-size;
  font: 12.5px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
  color: var(--text); background: var(--back); box-shadow: var(--shadow); border-top: 1px solid var(--line);
}
.drawer:focus { outline: none; }
.resizer { position: absolute; inset: -4px 0 auto 0; height: 8px; cursor: row-resize; touch-action: none; z-index: 1; }
.resizer:hover, .resizer:focus-visible { background: var(--accent); opacity: .5; outline: none; }

.bar-top { display: flex; align-items: center; gap: 14px; padding: 0 8px 0 14px; height: 38px; flex: none; border-bottom: 1px solid var(--line); background: var(--side); }
.brand { display: flex; align-items: center; gap: 7px; font-weight: 650; color: var(--accent); font-size: 13.5px; }
.counts { display: flex; gap: 12px; color: var(--dim); flex: 1; }
.counts span { display: flex; align-items: center; gap: 5px; }
.tool { display: flex; align-items: center; gap: 5px; padding: 5px 8px; border-radius: 7px; color: var(--dim); }
.tool:hover { background: var(--hover); color: var(--text); }

.panes { flex: 1; min-height: 0; display: grid; grid-template-columns: 280px minmax(0, 1fr); }
.panes.with-details { grid-template-columns: 280px minmax(0, 1fr) minmax(300px, 29%); }
.pane { position: relative; display: flex; flex-direction: column; min-width: 0; min-height: 0; border-inline-start: 1px solid var(--line); }
.pane:first-child { border: 0; background: var(--side); }
.pane-head { display: flex; align-items: center; gap: 10px; padding: 7px 10px 7px 14px; flex: none; height: 40px; }
h2 { font-size: 12.5px; font-weight: 650; }
.scroll { flex: 1; overflow: auto; min-height: 0; padding-bottom: 10px; scrollbar-width: thin; }
input[type="search"] { flex: 1; min-width: 0; padding: 3px 8px; border: 1px solid var(--line); border-radius: 7px; background: var(--back); }
.choice { display: flex; border: 1px solid var(--line); border-radius: 7px; overflow: hidden; }
.choice button { padding: 2px 9px; color: var(--dim); }
.choice [aria-pressed="true"] { background: var(--picked); color: var(--text); }
.check { display: flex; align-items: center; gap: 5px; color: var(--dim); }
.check input { accent-color: var(--accent); margin: 0; }
.empty { padding: 8px 14px; color: var(--dim); max-width: 62ch; }

.chip { display: inline-block; padding: 0 7px; border-radius: 9px; font-size: 11px; line-height: 17px; font-weight: 550; white-space: nowrap; }
.chip.fresh { color: var(--fresh); background: var(--fresh-back); }
.chip.stale { color: var(--stale); background: var(--stale-back); }
.chip.fetching { color: var(--fetching); background: var(--fetching-back); }
.chip.error { color: var(--error); background: var(--error-back); }
.chip.idle { color: var(--idle); background: var(--idle-back); }
.dot { display: inline-block; width: 8px; height: 8px; border-radius: 50%; flex: none; background: var(--idle); }
.dot.fresh { background: var(--fresh); } .dot.stale { background: var(--stale); }
.dot.fetching { background: var(--fetching); } .dot.error { background: var(--error); }

.row { display: block; width: 100%; color: var(--text); }
.row:hover { background: var(--hover); }
.row[aria-pressed="true"] { background: var(--picked); }
.related { box-shadow: inset 3px 0 var(--accent); }
ul { list-style: none; padding: 0; }
.instance { display: grid; grid-template-columns: 8px minmax(0, 1fr) auto; gap: 1px 9px; align-items: center; padding: 6px 10px 6px 14px; }
.instance .what { grid-column: 2 / -1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.instance strong { font-weight: 600; }
.instance code, .what code, h3 code { color: var(--dim); }
.instance .chips { display: flex; gap: 4px; }
.instance .meta { grid-column: 2; color: var(--dim); font-size: 11.5px; }
.unwatched .what, .unwatched .dot { opacity: .6; }

.burst { border-top: 1px solid var(--line); padding: 3px 0 6px; }
.burst:first-child { border-top: 0; padding-top: 0; }
.burst > header, .entry { display: grid; grid-template-columns: minmax(0, 1fr) 30% 84px; column-gap: 12px; align-items: center; padding-inline: 14px 10px; }
.burst > header { color: var(--dim); font-size: 11px; padding-block: 4px 2px; display: flex; gap: 12px; }
.burst time { font-variant-numeric: tabular-nums; }
.scale { margin-inline-start: auto; width: calc(30% - 4px); margin-inline-end: 96px; display: flex; justify-content: space-between; }
.scale i { font-style: normal; font-variant-numeric: tabular-nums; }
.entry { padding-block: 3px; }
.words { display: grid; grid-template-columns: 14px minmax(0, 1fr); column-gap: 9px; align-items: center; }
.words .icon { color: var(--accent); }
.read .words .icon { color: var(--fetching); }
.notice .words .icon { color: var(--stale); }
.words .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.words strong { font-weight: 600; }
.words .why { grid-column: 2; display: flex; gap: 5px; }
.entry .why { color: var(--dim); font-size: 11.5px; flex-wrap: wrap; overflow-wrap: anywhere; }
.entry.read .why, .entry.notice .why { display: block; }
.why code { color: var(--text); }
.caused { position: relative; } .caused .words { padding-inline-start: 20px; }
.caused::before { content: ""; position: absolute; left: 20px; top: -6px; height: 19px; width: 9px; border: solid var(--line); border-width: 0 0 1.5px 1.5px; border-bottom-left-radius: 5px; }
.failure { color: var(--error); overflow: hidden; text-overflow: ellipsis; }
.track { position: relative; height: 10px; border-radius: 3px; background: linear-gradient(90deg, var(--line) 1px, transparent 1px) 0 / 25% 100%; border-inline-end: 1px solid var(--line); }
.bar { position: absolute; inset-block: 0; min-width: 3px; border-radius: 3px; background: var(--fetching); }
.call .bar { background: var(--accent); }
[data-outcome="pending"] .bar { opacity: .55; }
[data-outcome="failed"] .bar, [data-outcome="lost"] .bar { background: var(--error); }
[data-outcome="dropped"] .bar { background: repeating-linear-gradient(135deg, var(--idle) 0 2px, transparent 2px 5px); border: 1px solid var(--idle); }
.took { font-variant-numeric: tabular-nums; color: var(--dim); font-size: 11.5px; text-align: end; line-height: 1.25; white-space: nowrap; }
.took small { display: block; color: var(--fresh); font-size: 11px; }
[data-outcome="failed"] .took, [data-outcome="lost"] .took { color: var(--error); }

.leave { position: absolute; top: 6px; right: 8px; z-index: 1; }
.details { padding: 10px 14px; }
.details header { padding-inline-end: 26px; }
h3 { font-size: 14px; font-weight: 650; overflow-wrap: anywhere; }
h4 { font-size: 11.5px; font-weight: 600; color: var(--dim); margin: 14px 0 4px; display: flex; gap: 10px; }
h4 small { font-weight: 400; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; color: var(--dim); margin-top: 4px; font-size: 11.5px; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 10px; }
.actions button { padding: 3px 11px; border: 1px solid var(--line); border-radius: 7px; background: var(--back); font-weight: 550; }
.actions button:hover { border-color: var(--accent); color: var(--accent); }
.reason { font-size: 13px; overflow-wrap: anywhere; }
.reason code, .all code { background: var(--idle-back); color: var(--text); padding: 1px 5px; border-radius: 5px; }
.all { margin-top: 6px; } .all li { margin: 3px 0; overflow-wrap: anywhere; }
.trouble { margin-top: 10px; padding: 7px 10px; border-radius: 8px; color: var(--error); background: var(--error-back); overflow-wrap: anywhere; }
.told { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 8px; align-items: baseline; padding: 4px 6px; margin-inline: -6px; border-radius: 7px; width: calc(100% + 12px); }
.told .why { color: var(--dim); overflow-wrap: anywhere; }

.slot { position: relative; border-radius: 8px; padding: 2px 6px; margin-inline: -6px; }
.slot.recent { background: var(--fresh-back); }
.slot .changed { position: absolute; top: 4px; right: 8px; font-size: 11px; color: var(--dim); pointer-events: none; }
.slot.recent .changed { color: var(--fresh); }
.slot > .branch > .fold, .slot > .leaf { padding-inline-end: 110px; }
.slot > .branch > .fold .name, .slot > .leaf > .name { font-weight: 650; }
.fold { display: flex; align-items: center; gap: 5px; width: 100%; padding: 1px 2px; border-radius: 5px; overflow: hidden; white-space: nowrap; }
.fold:hover:enabled { background: var(--hover); }
.fold .icon { width: 10px; height: 10px; color: var(--dim); transition: transform .1s; }
.fold[aria-expanded="true"] .icon { transform: rotate(90deg); }
.fold:disabled .icon { visibility: hidden; }
.fold .value { overflow: hidden; text-overflow: ellipsis; }
.below { padding-inline-start: 9px; margin-inline-start: 6px; border-inline-start: 1px solid var(--line); }
.leaf { padding: 1px 2px 1px 17px; overflow-wrap: anywhere; white-space: pre-wrap; line-height: 1.5; }
.name { color: var(--accent); }
.name::after { content: ": "; color: var(--dim); white-space: pre; }
.value.text { color: var(--fresh); } .value.number { color: var(--fetching); }
.value.word { color: var(--stale); } .value.odd { color: var(--dim); }
.link { color: var(--accent); font-size: 11.5px; text-decoration: underline; padding: 0 4px; font-family: system-ui, sans-serif; }

@container (width < 860px) {
  .panes, .panes.with-details { grid-template-columns: 210px minmax(0, 1fr); }
  .pane[aria-label="Details"] { position: absolute; inset: 38px 0 0 210px; background: var(--back); }
  .burst > header, .entry { grid-template-columns: minmax(0, 1fr) 18% 72px; }
  .scale { display: none; }
}
@container (width < 520px) {
  .panes, .panes.with-details { grid-template-columns: minmax(0, 1fr); grid-template-rows: 40% minmax(0, 1fr); }
  .pane[aria-label="Details"] { inset: 38px 0 0 0; }
  .pane:nth-child(2) { border: 0; border-top: 1px solid var(--line); }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
`;
