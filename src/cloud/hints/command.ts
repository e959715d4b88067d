/** The command that shows what a hint says, as it is typed into a shell. */
export function writeCommand(tryIt: readonly string[]): string {
  return ['npx awslocal', ...tryIt.map(quoteArgument)].join(' ')
}

/** Quoted where a shell would read it otherwise. */
function quoteArgument(argument: string): string {
  if (/^[\w@%+=:,./$-]+$/.test(argument) && !argument.includes('$')) return argument
  return `'${argument.replaceAll("'", `'\\''`)}'`
}
