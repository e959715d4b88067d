/**
 * Terminal sequences as ECMA-48 forms them: OSC, DCS, SOS, PM and APC up to their terminator (or the end of the line, so that an
 * unterminated one hides at most its own line), CSI with its parameters, and two-byte escapes. Both 7-bit and 8-bit introducers.
 */
const terminalSequence = new RegExp(
  [
    '(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]',
    '\\u001b[ -/]*[0-~]',
  ].join('|'),
  'g',
)

/** A carriage return alone would write over the line that we printed; it becomes a line of its own. */
const lineBreak = /\r\n?|[\u0085\u2028\u2029\v\f]/g

const otherControl = /[^\P{Cc}\n]/gu

/** Characters that reorder or hide the text around them. */
const bidiControl = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Makes text that a student's program produced safe to print: no escape sequence, no cursor movement, no overwriting, no
 * reordering. What cannot be printed shows as its control picture (`␀`); `\n` stays.
 */
export function sanitizeText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(terminalSequence, '')
    .replace(lineBreak, '\n')
    .replaceAll('\t', '    ')
    .replace(otherControl, showControl)
    .replace(bidiControl, '\ufffd')
}

/** The same for text that must stay in one line: line breaks become spaces. */
export function sanitizeLine(text: string): string {
  return sanitizeText(text).replaceAll('\n', ' ')
}

function showControl(character: string): string {
  const code = character.charCodeAt(0)
  if (code === 0x7f) return '\u2421'
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd'
}
