import types from './mime-types.json' with { type: 'json' }

const typesByExtension: Readonly<Record<string, string>> = types
/** Suffixes that stand for two: the second says how the file is packed. */
const doubleSuffixes: Readonly<Record<string, string>> = {
  tgz: 'tar.gz',
  taz: 'tar.gz',
  tz: 'tar.gz',
  tbz2: 'tar.bz2',
  txz: 'tar.xz',
  svgz: 'svg.gz',
}
const packings: readonly string[] = ['gz', 'Z', 'bz2', 'xz', 'br']

/** The media type that a file's name suggests, as the AWS CLI guesses it; a packed file has the type of what is inside. */
export function guessContentType(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const extensions = expandSuffix(name.split('.').slice(1))
  const last = extensions.at(-1)
  const extension = last !== undefined && packings.includes(last) ? extensions.at(-2) : last
  return extension === undefined
    ? undefined
    : (typesByExtension[extension] ?? typesByExtension[extension.toLowerCase()])
}

function expandSuffix(extensions: readonly string[]): readonly string[] {
  const double = doubleSuffixes[extensions.at(-1) ?? '']
  return double === undefined ? extensions : [...extensions.slice(0, -1), ...double.split('.')]
}
