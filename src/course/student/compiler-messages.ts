/** What the compiler says most often about a student's file, and how we say it. `$1`, `$2` are its words. */
const translations: readonly (readonly [pattern: RegExp, spanish: string])[] = [
  [/^Expected (.+) but found (.+)$/, 'se esperaba $1 y hay $2'],
  [/^Unexpected end of file/, 'el archivo se acaba antes de cerrar un bloque'],
  [/^Unexpected (.+)$/, 'sobra $1, o falta algo antes'],
  [/^Unterminated string literal$/, 'hay un texto sin cerrar: faltan las comillas'],
  [/^Unterminated template literal$/, 'hay una plantilla sin cerrar: falta un acento grave (`)'],
  [/^Unterminated regular expression$/, 'hay una expresión regular sin cerrar'],
  [/^The symbol "(.+)" has already been declared$/, '«$1» ya está declarado'],
  [/^Cannot assign to "(.+)" because it is a constant$/, '«$1» es una constante: no puede cambiar'],
  [/^"await" can only be used inside an "async" function$/, 'await solo puede estar en una función async'],
  [
    /^Top-level await is currently not supported with the "cjs" output format$/,
    'await va dentro de una función: el bundle es CommonJS, y ahí no hay await fuera de ellas',
  ],
  [/^Multiple exports with the same name "(.+)"$/, '«$1» se exporta dos veces'],
  [/^"(.+)" is not declared in this file$/, '«$1» se exporta, pero no está declarado'],
  [/^No matching export in "(?:function:)?(.+)" for import "default"$/, '$1 no tiene export default'],
  [/^No matching export in "(?:function:)?(.+)" for import "(.+)"$/, '$1 no exporta «$2»'],
  [/^Syntax error "(.+)"$/, 'el carácter $1 no puede estar aquí'],
]

/** A compiler's message in Spanish; one that is not known stays as it is, after a word that says what it is. */
export function translateCompilerMessage(text: string): string {
  for (const [pattern, spanish] of translations) {
    if (pattern.test(text)) return `no compila: ${text.replace(pattern, spanish)}`
  }
  return `no compila: ${text}`
}
