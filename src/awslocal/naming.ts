/** Names that no rule turns into the AWS CLI's spelling. */
const exceptions: Readonly<Record<string, string>> = {
  ExecutePartiQLStatement: 'execute-partiql-statement',
  ExecutePartiQLTransaction: 'execute-partiql-transaction',
  ExecutePartiQLBatch: 'execute-partiql-batch',
}

/** An AWS name as the AWS CLI spells it on the command line: `SSECustomerKeyMD5` → `sse-customer-key-md5`. */
export function toOptionName(name: string): string {
  const exception = exceptions[name]
  if (exception !== undefined) return exception
  if (name.includes('-')) return name
  return separatePluralAcronym(name)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** `ResourceARNs` → `Resource-arns`: otherwise the plural's `s` would be torn from its acronym. */
function separatePluralAcronym(name: string): string {
  const plural = /[A-Z]{2,}s$/.exec(name)?.[0]
  return plural === undefined ? name : `${name.slice(0, -plural.length)}-${plural.toLowerCase()}`
}
