import type { Shape } from '../schema/shape.ts'

/** How the texts of a skeleton are filled in. */
export type SkeletonTexts = 'empty' | 'names'

/** An example of a type: every member, lists and maps with one element, recursion cut off. */
export function buildSkeleton(shape: Shape, texts: SkeletonTexts): unknown {
  return build({ shape, name: '', texts, open: [] })
}

interface Part {
  readonly shape: Shape
  /** The member's name, which stands for its text. */
  readonly name: string
  readonly texts: SkeletonTexts
  /** The structures around it. */
  readonly open: readonly string[]
}

function build(part: Part): unknown {
  const { shape, texts, open } = part
  if (shape.kind === 'structure') return buildStructure(part)
  if (shape.element !== undefined) {
    const element = build({ shape: shape.element, name: '', texts, open })
    return shape.kind === 'map' ? { KeyName: element } : [element]
  }
  return buildScalar(part)
}

function buildStructure({ shape, texts, open }: Part): unknown {
  if (open.includes(shape.name)) return {}
  const inner = [...open, shape.name]
  const members = [...shape.members].map(([name, member]) => {
    return [name, build({ shape: member.shape, name, texts, open: inner })] as const
  })
  return Object.fromEntries(members)
}

function buildScalar({ shape, name, texts }: Part): unknown {
  if (shape.kind === 'string') return texts === 'names' ? name : ''
  if (shape.kind === 'number') return 0
  if (shape.kind === 'boolean') return true
  if (shape.kind === 'timestamp') return '1970-01-01T00:00:00'
  return shape.kind === 'document' ? {} : null
}
