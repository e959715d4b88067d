/**
 * Characters that the AWS CLI counts as two columns: East Asian wide, full-width and "ambiguous" ones (Unicode's UAX 11), accented
 * vowels among them; the blocks that students meet.
 */
const doubleWidth =
  String.raw`\u{a1}\u{a4}\u{a7}-\u{a8}\u{aa}\u{ad}-\u{ae}\u{b0}-\u{b4}\u{b6}-\u{ba}\u{bc}-\u{bf}\u{c6}\u{d0}` +
  String.raw`\u{d7}-\u{d8}\u{de}-\u{e1}\u{e6}\u{e8}-\u{ea}\u{ec}-\u{ed}\u{f0}\u{f2}-\u{f3}\u{f7}-\u{fa}\u{fc}` +
  String.raw`\u{fe}\u{101}\u{111}\u{113}\u{11b}\u{126}-\u{127}\u{12b}\u{131}-\u{133}\u{138}\u{13f}-\u{142}` +
  String.raw`\u{144}\u{148}-\u{14b}\u{14d}\u{152}-\u{153}\u{166}-\u{167}\u{16b}\u{1ce}\u{1d0}\u{1d2}\u{1d4}` +
  String.raw`\u{1d6}\u{1d8}\u{1da}\u{1dc}\u{251}\u{261}\u{2c4}\u{2c7}\u{2c9}-\u{2cb}\u{2cd}\u{2d0}` +
  String.raw`\u{2d8}-\u{2db}\u{2dd}\u{2df}\u{391}-\u{3a1}\u{3a3}-\u{3a9}\u{3b1}-\u{3c1}\u{3c3}-\u{3c9}\u{401}` +
  String.raw`\u{410}-\u{44f}\u{451}\u{2010}\u{2013}-\u{2016}\u{2018}-\u{2019}\u{201c}-\u{201d}\u{2020}-\u{2022}` +
  String.raw`\u{2024}-\u{2027}\u{2030}\u{2032}-\u{2033}\u{2035}\u{203b}\u{203e}\u{20ac}\u{2190}-\u{2199}` +
  String.raw`\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}` +
  String.raw`\u{fe30}-\u{fe6f}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}` +
  String.raw`\u{20000}-\u{3fffd}`

const doubleWidthPattern = new RegExp(`[${doubleWidth}]`, 'gu')

/** The columns that a text takes in a table. */
export function measureWidth(text: string): number {
  return [...text].length + (text.match(doubleWidthPattern)?.length ?? 0)
}
