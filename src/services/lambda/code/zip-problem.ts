/**
 * Why a zip cannot be a function's code.
 * `unreadable`: no zip, broken, encrypted. `too-large`: over AWS's unpacked limit, declared or real.
 * `unsafe`: an entry that would leave its folder, that is there twice, or that links to the outside.
 */
export type ZipProblemKind = 'unreadable' | 'too-large' | 'unsafe'

/** A zip that is refused. `message` says why in English; AWS's own wording belongs to the operation. */
export class ZipProblem extends Error {
  readonly kind: ZipProblemKind
  /** Name of the entry at fault, where it is one. */
  readonly entry: string | undefined

  constructor(
    kind: ZipProblemKind,
    message: string,
    options: ErrorOptions & { readonly entry?: string } = {},
  ) {
    super(message, options)
    this.name = 'ZipProblem'
    this.kind = kind
    this.entry = options.entry
  }
}
