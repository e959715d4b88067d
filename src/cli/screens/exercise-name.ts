/** `9.2.1 objetos`: how every screen names an exercise. */
export function exerciseName({
  exercise,
}: {
  readonly exercise: { readonly id: string; readonly slug: string }
}): string {
  return `${exercise.id} ${exercise.slug}`
}
