import { measureWidth } from './text-width.ts'

/** A part of a table: a title, the columns' names and rows; inner parts are framed once more. */
export interface Section {
  title: string
  headers: readonly string[]
  rows: (readonly string[])[]
  /** How many frames stand around it. */
  readonly depth: number
}

const cellPadding = 4
const borders = 2

/** Draws sections below each other, all as wide as the widest. */
export function renderSections(sections: readonly Section[], terminalWidth: number): string {
  const natural = widestOf(sections)
  const shown = natural > terminalWidth ? sections.map(toVertical) : sections
  const width = widestOf(shown)
  return `${'-'.repeat(width)}\n${shown.map(section => renderSection(section, width)).join('')}`
}

function widestOf(sections: readonly Section[]): number {
  return Math.max(...sections.map(totalWidth))
}

/** A single row becomes one row per column: name and value. */
function toVertical(section: Section): Section {
  const [row] = section.rows
  if (section.rows.length !== 1 || section.headers.length === 0 || row === undefined) return section
  return { ...section, headers: [], rows: section.headers.map((header, index) => [header, row[index] ?? '']) }
}

function columnWidths(section: Section): readonly number[] {
  const lines = section.headers.length > 0 ? [section.headers, ...section.rows] : section.rows
  const widths: number[] = []
  for (const line of lines) {
    for (const [index, cell] of line.entries())
      widths[index] = Math.max(widths[index] ?? 0, measureWidth(cell))
  }
  return widths
}

function totalWidth(section: Section): number {
  const frames = section.depth * 2
  const cells = columnWidths(section).reduce((sum, width) => sum + width + cellPadding, 0)
  return Math.max(measureWidth(section.title) + borders + frames, cells + borders + frames)
}

function renderSection(section: Section, tableWidth: number): string {
  const width = tableWidth - section.depth * 2
  const frame = '|'.repeat(section.depth)
  const lines = [...renderTitle(section, width), ...renderBody(section, width)]
  return lines.map(line => `${frame}${line}${frame}\n`).join('')
}

function renderTitle(section: Section, width: number): readonly string[] {
  if (section.title === '') return []
  const title = center(section.title, width, '|')
  const isAlone = section.headers.length === 0 && section.rows.length === 0
  return isAlone ? [title, `+${'-'.repeat(width - 2)}+`] : [title]
}

function renderBody(section: Section, width: number): readonly string[] {
  const widths = spread(columnWidths(section), width)
  if (widths.length === 0) return []
  const rule = widths
    .map((cell, index) => (index === 0 ? `+${'-'.repeat(cell - 2)}+` : `${'-'.repeat(cell - 1)}+`))
    .join('')
  const header = section.headers.length > 0 ? [rule, drawCells(section.headers, widths, center)] : []
  if (section.rows.length === 0) return header
  return [...header, rule, ...section.rows.map(row => drawCells(row, widths, alignLeft)), rule]
}

type Draw = (text: string, width: number, leftEdge: '|' | '') => string

function drawCells(cells: readonly string[], widths: readonly number[], draw: Draw): string {
  return cells.map((cell, index) => draw(cell, widths[index] ?? 0, index === 0 ? '|' : '')).join('')
}

function center(text: string, width: number, leftEdge: '|' | ''): string {
  const textWidth = measureWidth(text)
  const left = Math.floor(width / 2) - Math.floor(textWidth / 2) - 1
  const start = `${leftEdge}${' '.repeat(Math.max(0, left))}${text}`
  const right = width - 1 - (leftEdge.length + left + textWidth)
  return `${start}${' '.repeat(Math.max(0, right))}|`
}

function alignLeft(text: string, width: number, leftEdge: '|' | ''): string {
  const textWidth = measureWidth(text)
  const padding = width - (textWidth + 2 + leftEdge.length + 1) >= 0 ? 2 : 0
  const used = leftEdge.length + padding + textWidth
  return `${leftEdge}${' '.repeat(padding)}${text}${' '.repeat(Math.max(0, width - used - 1))}|`
}

/** Stretches columns in proportion until they fill the table, the last ones first where it does not come out even. */
function spread(widths: readonly number[], tableWidth: number): readonly number[] {
  const padded = widths.map(width => width + cellPadding)
  const total = padded.reduce((sum, width) => sum + width, 0)
  if (total === 0) return []
  const scaled = padded.map(width => roundHalfToEven((tableWidth / total) * width))
  let surplus = scaled.reduce((sum, width) => sum + width, 0) - tableWidth
  while (surplus !== 0) {
    for (let step = 0; step < scaled.length && surplus !== 0; step++) {
      const index = surplus > 0 ? step : scaled.length - 1 - step
      const change = surplus > 0 ? -1 : 1
      scaled[index] = (scaled[index] ?? 0) + change
      surplus += change
    }
  }
  return scaled
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
