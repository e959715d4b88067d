/** A policy document as JSON gives it, before anything is known of it. */
export type RawDocument = Readonly<Record<string, unknown>>

/** Reads a JSON object, or gives `undefined`. */
export function readDocument(text: string): RawDocument | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}

export function isRecord(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The statements of a document, one or a list. */
export function statementsOf(document: RawDocument): readonly unknown[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement]
}

export const topElements = ['Version', 'Id', 'Statement']
export const versions = ['2008-10-17', '2012-10-17']
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]

/** A text, or a list of texts. */
export function isTexts(value: unknown): value is string | readonly string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every(each => typeof each === 'string'))
}

/** The values of a Condition block's key: one or a list of texts, numbers or booleans. */
export function areConditionValues(value: unknown): boolean {
  const values = Array.isArray(value) ? value : [value]
  return values.every(each => ['string', 'number', 'boolean'].includes(typeof each))
}
