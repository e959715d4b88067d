import type { Cell, Column, ColumnType } from './table.ts'

const minuteMilliseconds = 60_000
const dayMilliseconds = 86_400_000

/** Gives a column its type and its values' meaning; `texts` are trimmed, and none is missing. */
export function typeColumn(name: string, texts: readonly string[]): Column {
  const type = chooseType(texts)
  return { name, type, cells: texts.map(text => readCell(text, type)) }
}

function chooseType(texts: readonly string[]): ColumnType {
  if (texts.length === 0) return 'STRING'
  const isNumeric = texts.every(isDecimal)
  if (isNumeric && texts.some(hasLeadingZero)) return 'STRING'
  if (texts.every(text => /^-?\d{1,15}$/.test(text))) return 'INT64'
  if (isNumeric) return 'DOUBLE'
  if (texts.every(text => dayNumber(text) !== undefined)) return 'DATE'
  if (texts.every(text => epochMilliseconds(text) !== undefined)) return 'TIMESTAMP'
  return 'STRING'
}

function isDecimal(text: string): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)
}

function hasLeadingZero(text: string): boolean {
  return /^[+-]?0\d/.test(text)
}

function readCell(text: string, type: ColumnType): Cell {
  switch (type) {
    case 'INT64':
      return BigInt(text)
    case 'DOUBLE':
      return Number(text)
    case 'DATE':
      return known(dayNumber(text))
    case 'TIMESTAMP':
      return known(epochMilliseconds(text))
    case 'STRING':
      return text
  }
}

function known(value: number | undefined): number {
  if (value === undefined) throw new Error('the column was given a type that its value has not')
  return value
}

/** Days since 1970 of a `YYYY-MM-DD` that the calendar has. */
function dayNumber(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  // Date.UTC takes years below 100 as 19xx.
  return new Date(0).setUTCFullYear(year, month - 1, day) / dayMilliseconds
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Milliseconds since 1970 of an ISO 8601 date and time; without a zone it is UTC. */
function epochMilliseconds(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  if (match === null) return undefined
  const [, date = '', hour = '', minute = '', second = '0', fraction = '0', zone = 'Z'] = match
  const day = dayNumber(date)
  const offset = zoneMinutes(zone)
  if (day === undefined || offset === undefined) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const minutes = Number(hour) * 60 + Number(minute) - offset
  const milliseconds = Number(second) * 1000 + Math.trunc(Number(fraction.padEnd(4, '0').slice(1, 4)))
  return day * dayMilliseconds + minutes * minuteMilliseconds + milliseconds
}

/** Minutes east of UTC. */
function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
