/**
 * Bars as SVG, written by hand so that a report needs no library: a row per subject, ours in colour, and columns
 * of figures beside the bars. Readable on light and dark pages, as it brings its own ground.
 */
const WIDTH = 900;
const ROW = 26;
const TOP = 72;
const LABEL = 345;
const COLUMN = 74;
const FONT = `font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"`;
const COLORS = {
  ours: "#0f766e",
  peer: "#94a3b8",
  bad: "#dc2626",
  text: "#0f172a",
  faint: "#64748b",
};

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const round = (value) => Math.round(value * 10) / 10;

const text = (
  x,
  y,
  content,
  { size = 12, anchor = "start", color = COLORS.text, weight = 400 } = {},
) =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${color}">${escape(content)}</text>`;

/**
 * `rows`: `{ label, isOurs, bars: [{ value, isBad }], columns: [text], note }`, whose bars stand one after the
 * other, with the note behind; `columns`: their names; `legend`: what a bad part of a bar means.
 */
export function barChart({ title, subtitle, rows, columns = [], legend }) {
  const left = LABEL + columns.length * COLUMN;
  const room = WIDTH - left - 90;
  const sum = ({ bars }) => bars.reduce((total, { value }) => total + value, 0);
  const most = Math.max(...rows.map(sum), Number.EPSILON);
  const height = TOP + rows.length * ROW + (legend ? 34 : 14);

  const heads = columns.map((name, index) =>
    text(LABEL + (index + 1) * COLUMN - 14, TOP - 10, name, {
      size: 11,
      anchor: "end",
      color: COLORS.faint,
    }),
  );
  const lines = rows.map((row, index) => {
    const y = TOP + index * ROW;
    const weight = row.isOurs ? 600 : 400;
    let x = left;
    const bars = row.bars.map(({ value, isBad }) => {
      const width = (value / most) * room;
      const bar = `<rect x="${round(x)}" y="${y + 3}" width="${round(Math.max(width, 1))}" height="${ROW - 9}" fill="${isBad ? COLORS.bad : row.isOurs ? COLORS.ours : COLORS.peer}"/>`;
      x += width;
      return value > 0 || !isBad ? bar : "";
    });
    const cells = row.columns.map((cell, column) =>
      text(LABEL + (column + 1) * COLUMN - 14, y + 16, cell, { anchor: "end", weight }),
    );
    return [
      text(16, y + 16, row.label, { weight }),
      ...cells,
      ...bars,
      text(x + 6, y + 16, row.note, { color: COLORS.faint }),
    ].join("");
  });
  const foot = legend
    ? `<rect x="16" y="${height - 22}" width="12" height="12" fill="${COLORS.bad}"/>${text(34, height - 12, legend, { color: COLORS.faint })}`
    : "";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" ${FONT}>`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#ffffff"/>`,
    text(16, 24, title, { size: 15, weight: 600 }),
    text(16, 42, subtitle, { color: COLORS.faint }),
    ...heads,
    ...lines,
    foot,
    "</svg>\n",
  ].join("\n");
}
